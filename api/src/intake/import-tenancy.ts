import { type Actor, settled } from '../platform/auth/actor.js';
import { type Asker, grantsOf, may, maySomewhere, rolesFor } from '../platform/auth/sight.js';
import { notFound, refuse, Refusal } from '../platform/errors/refusal.js';
import type { NetworkRecord, Tenancy } from '../programs/records.js';

/** Who asks to import. */
export interface Importer extends Asker {
  actor: Actor | null;
}

/**
 * Who asks, for an import that came with the token, or from the machine of a server that nobody else can reach. Someone there who imports for an organization
 * that is no sample asks as such, since what they do is their organization's.
 */
export function importerOf(actor: Actor | null, { token, local }: { token: boolean; local: boolean }): Importer {
  return { actor, operator: token || (local && !(actor && maySomewhere(actor, 'network.import', false))) };
}

/**
 * Lets an importer in, and says which tenancy the network is to get by it; null leaves the network as it is. `network` is the one of
 * the name asked for, if the importer may import into it or claim it; null makes a new one. An administrator makes their organization
 * the tenant of a new network, and of one that belongs to nobody if they may claim such. The operator may name the tenant.
 * @throws not-found, which-organization, second-factor-needed, may-not-import
 */
export function importTenancy(
  { actor, operator }: Importer,
  network: NetworkRecord | null,
  { organizationId, source }: { organizationId?: string | undefined; source: string },
): Tenancy | null {
  if (operator) return organizationId === undefined ? null : { organizationId, source };
  if (actor && network?.organizationId && may(actor, 'network.import', network.organizationId)) {
    if ((organizationId ?? network.organizationId) !== network.organizationId) throw notFound('network');
    return null;
  }
  const tenant = actor && tenantToBe(actor, organizationId);
  if (tenant) return { organizationId: tenant, source };
  if (actor) settled(actor);
  const detail =
    actor && maySomewhere(actor, 'network.import')
      ? 'The first import into a network is made by an administrator of the organization that it belongs to.'
      : 'Importing needs an administrator or coordinator, or the import token (IMPORT_TOKEN).';
  throw new Refusal(403, 'may-not-import', detail);
}

/** The real organization that someone claims for; null for who may claim for none. @throws not-found, which-organization */
function tenantToBe(actor: Actor, organizationId: string | undefined): string | null {
  const claiming = grantsOf('network.claim')
    .filter(({ relation }) => relation === 'within')
    .flatMap((grant) => rolesFor(actor.roles, grant))
    .filter(({ sample }) => !sample);
  if (claiming.length === 0) return null;
  if (organizationId !== undefined) {
    if (claiming.some(({ within }) => within.includes(organizationId))) return organizationId;
    throw notFound('organization');
  }
  const [only, ...others] = new Map(claiming.map((held) => [held.organizationId, held.name]));
  if (only && others.length === 0) return only[0];
  const names = claiming.map(({ name }) => `"${name}"`).join(', ');
  throw refuse('which-organization', `You administer ${names}: say whose this network is (organizationId).`);
}
