import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';

/** Where letters become files on a server without a mail server. */
const letterFolder = (dataDir: string): string => join(dataDir, 'mail');

/**
 * Forgets every mail to these addresses, waiting or sent, and its letter. An address that another record, an account or an open
 * invitation still has keeps its mails: they are not about what is erased alone, and go 30 days after they were sent.
 */
export async function forgetMails(em: EntityManager, dataDir: string, addresses: readonly string[]): Promise<void> {
  const forgotten: { mailId: string }[] = await em.query('SELECT forget_mails_to($1) AS "mailId"', [addresses]);
  // Before the commit: a letter without its row would be found by nobody, a row without its letter harms nobody.
  for (const { mailId } of forgotten) await forgetLetter(dataDir, mailId);
}

/** Forgets every mail about these students and guardians, waiting or sent, and its letter, whatever address it went to. */
export async function forgetMailsAbout(
  em: EntityManager,
  dataDir: string,
  subjectIds: readonly string[],
): Promise<void> {
  const forgotten: { mailId: string }[] = await em.query('SELECT forget_mails_about($1) AS "mailId"', [subjectIds]);
  for (const { mailId } of forgotten) await forgetLetter(dataDir, mailId);
}

/** Forgets the letter of one mail, if it became a file here. */
export async function forgetLetter(dataDir: string, mailId: string): Promise<void> {
  await rm(join(letterFolder(dataDir), `${mailId}.eml`), { force: true });
}

/** Forgets the letters that were written before an instant. */
export async function forgetLettersBefore(dataDir: string, before: Date): Promise<void> {
  const folder = letterFolder(dataDir);
  const letters = await readdir(folder).catch(() => []);
  for (const letter of letters.filter((name) => name.endsWith('.eml'))) {
    const { mtime } = await stat(join(folder, letter));
    if (mtime < before) await rm(join(folder, letter), { force: true });
  }
}
