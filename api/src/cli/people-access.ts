import { MailAddress } from '@throughway/contracts/people';
import { parseArgs } from 'node:util';
import { type Changed, resetSecondFactor as reset, restorePerson, suspendPerson } from '../identity/person-access.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import type { EntityManager } from 'typeorm';
import type { Command } from './commands.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/** `throughway people suspend --email ADDRESS` */
export const suspend = commandOf(suspendPerson, 'Suspended');

/** `throughway people restore --email ADDRESS` */
export const restore = commandOf(restorePerson, 'Restored');

/** `throughway people reset-second-factor --email ADDRESS`: for who lost the app, the codes and the passkeys. */
export const resetSecondFactor = commandOf(reset, 'Removed the authenticator app, recovery codes and passkeys of');

/** What an operator does to one person, whom the address names. Says what was done; exit 1 when nobody has the address. */
function commandOf(change: (em: EntityManager, email: string, at: Date) => Promise<Changed>, done: string): Command {
  return {
    run: (args) => {
      const email = readAddress(args);
      return withDatabase(async ({ config, source }) => {
        const at = new Clock(config).now();
        const { sessionCount } = await new Transactions(source).run((em) => change(em, email, at));
        process.stdout.write(`${done} ${email}; sessions ended: ${sessionCount}.\n`);
        return 0;
      });
    },
  };
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readAddress(args: string[]): string {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } });
  const email = MailAddress.safeParse(values.email);
  if (!email.success) throw new UsageError(`--email: found "${values.email ?? ''}", expected a mail address`);
  return email.data;
}
