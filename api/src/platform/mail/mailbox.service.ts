import { Injectable } from '@nestjs/common';
import type { Letter, LetterSummary } from '@throughway/contracts/letters';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asker } from '../auth/sight.js';
import { Config } from '../config/config.provider.js';
import { notFound } from '../errors/refusal.js';

const SHOWN = 100;
const FILE = /^([0-9a-f-]{36})\.eml$/;

/** Letters that became files here, for whoever sits at a development machine; elsewhere there is no such page. */
@Injectable()
export class MailboxService {
  private readonly folder: string;

  constructor(config: Config) {
    this.folder = join(config.DATA_DIR, 'mail');
  }

  /** @throws not-found for anybody else, and outside development */
  async list(asker: Asker): Promise<{ letters: LetterSummary[] }> {
    this.requireAtMachine(asker);
    const files = await readdir(this.folder).catch(() => []);
    const written = await Promise.all(
      files.flatMap((file) => {
        const [, letterId] = FILE.exec(file) ?? [];
        return letterId ? [stat(join(this.folder, file)).then(({ mtime }) => ({ letterId, mtime }))] : [];
      }),
    );
    const newest = written.sort((a, b) => b.mtime.getTime() - a.mtime.getTime()).slice(0, SHOWN);
    return {
      letters: await Promise.all(newest.map(async ({ letterId }) => summarize(letterId, await this.read(letterId)))),
    };
  }

  /** @throws not-found */
  async get(asker: Asker, letterId: string): Promise<Letter> {
    this.requireAtMachine(asker);
    const { mail, writtenAt } = await this.read(letterId);
    return {
      ...summarize(letterId, { mail, writtenAt }),
      from: mail.from?.text ?? '',
      text: mail.text ?? '',
      htmlUrl: mail.html ? `/api/development/letters/${letterId}/html` : null,
    };
  }

  /** Its HTML, with links that open beside it. @throws not-found */
  async html(asker: Asker, letterId: string): Promise<string> {
    this.requireAtMachine(asker);
    const { mail } = await this.read(letterId);
    if (!mail.html) throw notFound('letter');
    return `<!doctype html><meta charset="utf-8"><base target="_blank">${mail.html}`;
  }

  /** There is an operator only where sample people are offered (`recognize`). */
  private requireAtMachine({ operator }: Asker): void {
    if (!operator) throw notFound();
  }

  private async read(letterId: string): Promise<{ mail: ParsedMail; writtenAt: Date }> {
    const file = join(this.folder, `${letterId}.eml`);
    try {
      return { mail: await simpleParser(await readFile(file)), writtenAt: (await stat(file)).mtime };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound('letter');
      throw error;
    }
  }
}

function summarize(letterId: string, { mail, writtenAt }: { mail: ParsedMail; writtenAt: Date }): LetterSummary {
  return {
    letterId,
    subject: mail.subject ?? '',
    to: addressesOf(mail.to),
    writtenAt: writtenAt.toISOString(),
  };
}

function addressesOf(to: AddressObject | AddressObject[] | undefined): string {
  return [to ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
