import { Injectable } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Config } from '../config/config.provider.js';
import type { Letter } from './mail-templates.js';

/** Hands letters to the mail server; without one, in development, each becomes a file in DATA_DIR/mail. */
@Injectable()
export class MailTransport {
  constructor(private readonly config: Config) {}

  async send(mailId: string, recipient: string, language: 'en' | 'es', letter: Letter): Promise<void> {
    const message = {
      from: this.config.MAIL_FROM,
      to: recipient,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      headers: { 'Content-Language': language },
      // The same mail has the same id however often it is tried.
      messageId: `<${mailId}@throughway>`,
    };
    if (this.config.SMTP_URL !== undefined) {
      await createTransport(this.config.SMTP_URL).sendMail(message);
      return;
    }
    const folder = join(this.config.DATA_DIR, 'mail');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
    await writeFile(join(folder, `${mailId}.eml`), made.message as Buffer, { mode: 0o600 });
  }
}
