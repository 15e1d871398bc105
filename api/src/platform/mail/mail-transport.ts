import { Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../config/config.provider.js';
import { LetterBox } from './letter-box.js';
import type { Letter } from './letter.js';

/** How long a mail server may take to be reached and to greet, to say something, and for a whole mail. */
export interface Patience {
  reachMs: number;
  silentMs: number;
  wholeMs: number;
}
const PATIENCE: Patience = { reachMs: 15_000, silentMs: 30_000, wholeMs: 90_000 };

/** How long somebody who looks whether the mail server answers waits at each of its steps. */
const LOOK_MS = 3000;

/** Addresses that exist nowhere (RFC 2606): sample people's. */
const NOWHERE = /[@.]example$/i;

/**
 * Hands letters to the mail server; without one to this machine's own, which keeps them as files (`LetterBox`). In production without a
 * mail server, and where an address exists nowhere, each becomes a file without going anywhere.
 */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private readonly file = createTransport({ streamTransport: true, buffer: true });
  private server: Transporter | null = null;

  constructor(
    private readonly config: Config,
    private readonly letterBox: LetterBox,
    /** Given by specs, which cannot wait as long. */
    @Optional() private readonly patience: Patience = PATIENCE,
  ) {}

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
    const url = await this.serverFor(recipient);
    if (url !== null) {
      this.server ??= this.connect(url);
      await this.server.sendMail({ ...message, signal: AbortSignal.timeout(this.patience.wholeMs) });
      return;
    }
    const made = await this.file.sendMail(message);
    await this.letterBox.keep(mailId, made.message as Buffer);
  }

  /** Whether the mail server answers to who asks for nothing; `none` where mails become files. */
  async look(): Promise<'answers' | 'silent' | 'none'> {
    const { SMTP_URL } = this.config;
    if (SMTP_URL === undefined) return 'none';
    const server = createTransport({
      url: SMTP_URL,
      connectionTimeout: LOOK_MS,
      dnsTimeout: LOOK_MS,
      greetingTimeout: LOOK_MS,
      socketTimeout: LOOK_MS,
    });
    try {
      await server.verify();
      return 'answers';
    } catch {
      return 'silent';
    } finally {
      server.close();
    }
  }

  private async serverFor(recipient: string): Promise<string | null> {
    const { SMTP_URL, NODE_ENV } = this.config;
    if (SMTP_URL !== undefined) return NOWHERE.test(recipient) ? null : SMTP_URL;
    return NODE_ENV === 'production' ? null : `smtp://127.0.0.1:${await this.letterBox.port()}`;
  }

  private connect(url: string): Transporter {
    const { reachMs, silentMs } = this.patience;
    return createTransport({
      url,
      connectionTimeout: reachMs,
      dnsTimeout: reachMs,
      greetingTimeout: reachMs,
      socketTimeout: silentMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }
}
