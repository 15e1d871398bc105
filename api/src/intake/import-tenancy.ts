import { type Actor, holds, settled } from '../platform/auth/actor.js';
import { notFound, refuse, Refusal } from '../platform/errors/refusal.js';
import type { NetworkRecord, Tenancy } from '../programs/records.js';

/** Who asks to import, and what the request itself proves. */
export interface Importer {
  actor: Actor | null;
  /** It came with the import token, so that who runs the server asks. */
  token: boolean;
  /** It came from this machine itself. */
  local: boolean;
}

/**
 * Lets an importer in, and says which tenancy the network is to get by it; null leaves the network as it is. An administrator or
 * coordinator asks as such: of the network's tenant, or of an organization above it. An administrator makes their organization the tenant
 * of a new network; of one that came before there were tenants, only an administrator of a region or state does, since nobody else can
 * say whose it is. Else the token and this machine let anyone in, who may name the tenant.
 * @throws not-found, which-organization, second-factor-needed, may-not-import, network-unclaimed
 */
export function importTenancy(
  { actor, token, local }: Importer,
  network: NetworkRecord | null,
  { organizationId, source }: { organizationId?: string | undefined; source: string },
): Tenancy | null {
  const named = organizationId === undefined ? null : { organizationId, source };
  if (token) return named;
  const imports = actor?.roles.some(({ role }) => role === 'administrator' || role === 'coordinator');
  if (actor && imports && network?.organizationId) {
    const isTheirs = holds(actor, network.organizationId, 'administrator', 'coordinator');
    if (!isTheirs || (organizationId ?? network.organizationId) !== network.organizationId) throw notFound('network');
    return null;
  }
  const tenant = actor ? tenantToBe(actor, organizationId) : null;
  if (actor && tenant) {
    if (network) requireOverseer(actor);
    return { organizationId: tenant, source };
  }
  if (local) return named;
  if (actor) settled(actor);
  const detail = imports
    ? 'The first import into a network is made by an administrator of the organization that it belongs to.'
    : 'Importing needs an administrator or coordinator, a browser on the server itself, or the import token (IMPORT_TOKEN).';
  throw new Refusal(403, 'may-not-import', detail);
}

/** @throws network-unclaimed */
function requireOverseer({ roles }: Actor): void {
  const isOverseer = ({ role, kind, sample }: Actor['roles'][number]): boolean =>
    role === 'administrator' && !sample && (kind === 'region' || kind === 'state');
  if (roles.some(isOverseer)) return;
  throw refuse(
    'network-unclaimed',
    'This network was here before and belongs to nobody yet. An administrator of a region or state can say whose it is, or the' +
      ' server’s operator (organizationId); or import into a network of another name.',
  );
}

/** The real organization that an administrator claims for; null for everyone else. @throws not-found, which-organization */
function tenantToBe(actor: Actor, organizationId: string | undefined): string | null {
  const administered = actor.roles.filter(({ role, sample }) => role === 'administrator' && !sample);
  if (administered.length === 0) return null;
  if (organizationId !== undefined) {
    if (administered.some(({ within }) => within.includes(organizationId))) return organizationId;
    throw notFound('organization');
  }
  const [only, ...others] = new Map(administered.map((held) => [held.organizationId, held.name]));
  if (only && others.length === 0) return only[0];
  const names = administered.map(({ name }) => `"${name}"`).join(', ');
  throw refuse('which-organization', `You administer ${names}: say whose this network is (organizationId).`);
}
