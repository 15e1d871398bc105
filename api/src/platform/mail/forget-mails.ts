import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';

/** Where letters become files on a server without a mail server. */
export function letterFolder(dataDir: string): string {
  return join(dataDir, 'mail');
}

/**
 * Forgets every mail to these addresses, waiting or sent, and its letter. An address that another record, an account or an open
 * invitation still has keeps its mails: they are not about what is erased alone, and go 30 days after they were sent.
 */
export async function forgetMails(em: EntityManager, dataDir: string, addresses: readonly string[]): Promise<void> {
  const forgotten: { mailId: string }[] = await em.query('SELECT forget_mails_to($1) AS "mailId"', [addresses]);
  // Before the commit: a letter without its row would be found by nobody, a row without its letter harms nobody.
  for (const { mailId } of forgotten) await rm(join(letterFolder(dataDir), `${mailId}.eml`), { force: true });
}
