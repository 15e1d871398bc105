import { MailAddress } from '@throughway/contracts/people';
import { type Role, ROLES } from '@throughway/vocabulary/roles';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { inviteByOperator } from '../identity/invite-by-operator.js';
import { invitationPage } from '../identity/issue-invitation.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/**
 * `throughway people invite --organization ID --role administrator --email ADDRESS [--language en]`: prints the invitation's link,
 * once, to hand over; nothing is mailed, so that it works before there is a mail server. The link opens once and within the hour;
 * run again, the command prints a fresh one.
 */
export async function run(args: string[]): Promise<number> {
  const asked = readOptions(args);
  return withDatabase(async ({ config, source }) => {
    const at = new Clock(config).now();
    const token = await new Transactions(source).run((em) => inviteByOperator(em, at, asked));
    process.stdout.write(`${new PublicUrl(config).page(null, ...invitationPage(token))}\n`);
    process.stderr.write(
      `Hand this link to ${asked.email}: it works once, for one hour. Nothing was mailed.\n` +
        (config.PUBLIC_URL ? '' : 'PUBLIC_URL is not set: the link leads to this machine.\n'),
    );
    return 0;
  });
}

interface PeopleArguments {
  organizationId: string;
  role: Role;
  email: string;
  language: 'en' | 'es';
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readOptions(args: string[]): PeopleArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      organization: { type: 'string' },
      role: { type: 'string' },
      email: { type: 'string' },
      language: { type: 'string', default: 'en' },
    },
  });
  if (positionals.join(' ') !== 'invite') throw new UsageError(`found "${positionals.join(' ')}", expected "invite"`);
  const organizationId = z.uuid().safeParse(values.organization);
  if (!organizationId.success) {
    throw new UsageError(`--organization: found "${values.organization ?? ''}", expected an organization's id`);
  }
  const role = ROLES.find((known) => known === values.role);
  if (!role) throw new UsageError(`--role: found "${values.role ?? ''}", expected ${ROLES.join(', ')}`);
  const email = MailAddress.safeParse(values.email);
  if (!email.success) throw new UsageError(`--email: found "${values.email ?? ''}", expected a mail address`);
  const { language } = values;
  if (language !== 'en' && language !== 'es')
    throw new UsageError(`--language: found "${language}", expected en or es`);
  return { organizationId: organizationId.data, role, email: email.data, language };
}
