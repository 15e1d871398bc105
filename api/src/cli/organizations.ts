import { OrganizationName } from '@throughway/contracts/people';
import { ORGANIZATION_KINDS, type OrganizationKind } from '@throughway/vocabulary/roles';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { foundOrganization } from '../identity/found-organization.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { UsageError } from './usage-error.js';
import { withDatabase } from './with-database.js';

/**
 * `throughway organizations add --kind region --name "…" [--parent ID]`: adds an organization and prints its id, which is all that
 * standard output holds. It is how the first one comes into being; after that its people add those below it in the portal.
 */
export async function run(args: string[]): Promise<number> {
  const asked = readOptions(args);
  return withDatabase(async ({ config, source }) => {
    const { organizationId } = await new Transactions(source).run((em) =>
      foundOrganization(em, new Clock(config).now(), asked),
    );
    process.stdout.write(`${organizationId}\n`);
    return 0;
  });
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readOptions(args: string[]): { kind: OrganizationKind; name: string; parentId: string | null } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { kind: { type: 'string' }, name: { type: 'string' }, parent: { type: 'string' } },
  });
  if (positionals.join(' ') !== 'add') throw new UsageError(`found "${positionals.join(' ')}", expected "add"`);
  const kind = ORGANIZATION_KINDS.find((known) => known === values.kind);
  if (!kind) throw new UsageError(`--kind: found "${values.kind ?? ''}", expected ${ORGANIZATION_KINDS.join(', ')}`);
  const name = OrganizationName.safeParse(values.name);
  if (!name.success) throw new UsageError('--name: expected a name of 1 to 200 characters');
  const parent = z.uuid().optional().safeParse(values.parent);
  if (!parent.success) throw new UsageError(`--parent: found "${values.parent}", expected an organization's id`);
  return { kind, name: name.data, parentId: parent.data ?? null };
}
