import { anOrganization, aPerson, type SignedIn } from '../identity/people.builder.js';
import type { DataSource } from 'typeorm';

/** A coordinator of the tenant of the network of that slug, which is made a region's if it is nobody's, and made at all if need be. */
export async function aKeeper(source: DataSource, slug: string): Promise<SignedIn> {
  await source.query('INSERT INTO network (slug, name, sample) VALUES ($1, $1, false) ON CONFLICT DO NOTHING', [slug]);
  const known: { organizationId: string | null }[] = await source.query(
    'SELECT organization_id AS "organizationId" FROM network WHERE slug = $1',
    [slug],
  );
  const organizationId = known[0]?.organizationId ?? (await anOrganization(source, { kind: 'region' }));
  await source.query('UPDATE network SET organization_id = $2 WHERE slug = $1', [slug, organizationId]);
  return aPerson(source, { roles: [{ organizationId, role: 'coordinator' }] });
}
