import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { Config } from '../config/config.provider.js';

/** As `MailTransport` writes it. */
const MESSAGE_ID = /^message-id:\s*<([0-9a-f-]{36})@throughway>\r?$/im;

/**
 * The mail server of a development machine: loopback alone, at a free port, so that a mail goes all the way that it goes in production. It
 * keeps each letter as a file in DATA_DIR/mail, readable by the server alone, and sends none on.
 */
@Injectable()
export class LetterBox implements OnApplicationShutdown {
  private readonly folder: string;
  private server: SMTPServer | null = null;
  private opening: Promise<number> | null = null;

  constructor(config: Config) {
    this.folder = join(config.DATA_DIR, 'mail');
  }

  /** Opens at the first mail. Answers the port. */
  port(): Promise<number> {
    this.opening ??= this.open();
    return this.opening;
  }

  /** Keeps a letter under the id of its mail, the newest of that id alone. */
  async keep(mailId: string, letter: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.folder, `${mailId}.eml`), letter, { mode: 0o600 });
  }

  private open(): Promise<number> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onData: (stream, _session, done) => {
        this.receive(stream).then(() => done(), done);
      },
    });
    this.server = server;
    return new Promise((opened, failed) => {
      server.on('error', (error) => {
        this.opening = null;
        failed(error);
      });
      server.listen(0, '127.0.0.1', () => opened((server.server.address() as AddressInfo).port));
    });
  }

  /** @throws Error (550) for a letter that is none of this server's mails */
  private async receive(stream: Readable): Promise<void> {
    const letter = await buffer(stream);
    const [head = ''] = letter.toString('latin1').split('\r\n\r\n', 1);
    const [, mailId] = MESSAGE_ID.exec(head) ?? [];
    if (!mailId) throw Object.assign(new Error('not a mail of this server'), { responseCode: 550 });
    await this.keep(mailId, letter);
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((closed) => server.close(closed));
  }
}
