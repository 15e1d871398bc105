import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../config/config.provider.js';
import type { Letter } from './mail-templates.js';

/** How long a mail server may take to be reached and to greet, to say something, and for a whole mail. */
const REACH_MS = 15_000;
const SILENT_MS = 30_000;
const WHOLE_MS = 90_000;

/** Addresses that exist nowhere (RFC 2606): sample people's. */
const NOWHERE = /[@.]example$/i;

/**
 * Hands letters to the mail server. Without one each becomes a file in DATA_DIR/mail, readable by the server alone; so does one to
 * an address that exists nowhere.
 */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private readonly server: Transporter | null;
  private readonly file = createTransport({ streamTransport: true, buffer: true });
  private readonly folder: string;

  constructor(private readonly config: Config) {
    this.folder = join(config.DATA_DIR, 'mail');
    this.server =
      config.SMTP_URL === undefined
        ? null
        : createTransport({
            url: config.SMTP_URL,
            connectionTimeout: REACH_MS,
            dnsTimeout: REACH_MS,
            greetingTimeout: REACH_MS,
            socketTimeout: SILENT_MS,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  async send(mailId: string, recipient: string, language: 'en' | 'es', letter: Letter): Promise<void> {
    const message = {
      from: this.config.MAIL_FROM,
      // As a value, never read as a list: one mail goes to one address.
      to: { name: '', address: recipient },
      ...letter,
      headers: { ...letter.headers, 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
      // The same mail has the same id however often it is tried.
      messageId: `<${mailId}@throughway>`,
    };
    if (this.server && !NOWHERE.test(recipient)) {
      await this.server.sendMail({ ...message, signal: AbortSignal.timeout(WHOLE_MS) });
      return;
    }
    const made = await this.file.sendMail(message);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.folder, `${mailId}.eml`), made.message as Buffer, { mode: 0o600 });
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }
}
