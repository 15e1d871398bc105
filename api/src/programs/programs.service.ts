import { Injectable } from '@nestjs/common';
import type { NetworkList } from '@throughway/contracts/networks';
import type { Institution, Network, Pathway, PathwayVersion } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import type { Line } from '../platform/auth/authorization.js';
import type { Asker } from '../platform/auth/sight.js';
import type { SavedFile, SaveOptions, Touched } from '../platform/database/network-rows.js';
import { rowScopeOf, rowScopeStatement } from '../platform/database/row-scope.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { identifyInstitutions } from './institution-identity.repository.js';
import { networkSight } from './network-sight.js';
import * as details from './pathway-details.repository.js';
import * as repository from './programs.repository.js';
import type { ProgramRows } from './programs.repository.js';
import type { EducatorDetail, NetworkRecord, NewNetwork, PathwayCohort, Tenancy, UnitDetail } from './records.js';

/** What schools teach, and the networks that everything else hangs on. */
@Injectable()
export class ProgramsService {
  async listNetworks(em: EntityManager, asker: Asker): Promise<NetworkList> {
    return { networks: await repository.listNetworks(em, networkSight(asker, 'network.read')) };
  }

  /**
   * The network of that slug, or the first of those that hold a school, as far as one of the lines lets whoever asks reach it.
   * @throws not-found, for one out of reach as for one that is not there
   */
  async network(
    em: EntityManager,
    asker: Asker,
    slug: string | undefined,
    ...lines: [Line, ...Line[]]
  ): Promise<NetworkRecord> {
    const sight = lines.slice(1).reduce(
      (before, line) => {
        const next = networkSight(asker, line, before.values);
        return { sql: `(${before.sql} OR ${next.sql})`, values: next.values };
      },
      networkSight(asker, lines[0]),
    );
    const found =
      slug === undefined
        ? (await repository.listNetworks(em, sight))[0]
        : await repository.findNetwork(em, slug, sight);
    if (!found) throw notFound('network');
    return found;
  }

  /** The network of that slug that the transaction sees, as far as the line, if one is given, lets whoever asks reach it. */
  findNetwork(em: EntityManager, slug: string, by?: { asker: Asker; line: Line }): Promise<NetworkRecord | null> {
    return repository.findNetwork(em, slug, by && networkSight(by.asker, by.line));
  }

  /** Networks that hold a school, of those that the transaction sees. */
  networks(em: EntityManager): Promise<NetworkRecord[]> {
    return repository.listNetworks(em);
  }

  /**
   * The network of that slug that the transaction sees, which keeps its name, kind, tenant and source; else a new one, under a
   * numbered slug where another network, which the transaction need not see, has that one.
   */
  async ensureNetwork(em: EntityManager, network: NewNetwork): Promise<NetworkRecord> {
    return (await repository.findNetwork(em, network.slug)) ?? (await repository.foundNetwork(em, network));
  }

  /** Lets one transaction at a time give a tenant networks; others wait, and then see what was given meanwhile. */
  async lockTenant(em: EntityManager, asker: Asker, organizationId: string): Promise<void> {
    await repository.lockTenant(em, organizationId);
    await em.query(rowScopeStatement(rowScopeOf(asker)));
  }

  /** A new network, under a numbered slug where that one is taken. @throws source-taken */
  async foundNetwork(em: EntityManager, network: NewNetwork): Promise<NetworkRecord> {
    const { slug, organizationId, source = 'folder' } = network;
    if (organizationId) await this.refuseTakenSource(em, slug, { organizationId, source });
    return repository.foundNetwork(em, network);
  }

  /** Refuses a tenancy that another network than that of `slug` has. @throws source-taken */
  async refuseTakenSource(em: EntityManager, slug: string, tenancy: Tenancy): Promise<void> {
    const taken = await repository.findNetworkOfSource(em, tenancy);
    if (!taken || taken.slug === slug) return;
    const found = `Your organization's source "${tenancy.source}" has a network already, "${taken.slug}"`;
    throw refuse('source-taken', `${found}: import into that one, or name another source.`);
  }

  /**
   * Makes the organization the tenant of a network that has none; one that is its tenant already stays so.
   * @throws source-taken, not-found when another is its tenant
   */
  async claimNetwork(em: EntityManager, { networkId, slug }: NetworkRecord, tenancy: Tenancy): Promise<void> {
    await repository.lockTenant(em, tenancy.organizationId);
    await this.refuseTakenSource(em, slug, tenancy);
    if (await repository.giveTenant(em, networkId, tenancy)) return;
    const found = await repository.findNetwork(em, slug);
    if (found?.organizationId !== tenancy.organizationId) throw notFound('network');
  }

  /** Waits for, then holds, the right to change or align the network until the transaction ends. */
  lockNetwork(em: EntityManager, networkId: number): Promise<void> {
    return repository.lockNetwork(em, networkId);
  }

  /** Saves the rows, and says which organization of the tenant's each institution is. */
  async save(
    em: EntityManager,
    networkId: number,
    rows: Partial<Network>,
    touched: Touched,
    options: SaveOptions,
  ): Promise<SavedFile[]> {
    const saved = await repository.savePrograms(em, networkId, rows, touched, options);
    await identifyInstitutions(em, networkId);
    return saved;
  }

  /** Says again which organization each institution of a network is, after organizations were added or renamed. */
  identifyInstitutions(em: EntityManager, networkId: number): Promise<void> {
    return identifyInstitutions(em, networkId);
  }

  load(em: EntityManager, networkId: number, institutionIds: readonly string[] | null): Promise<ProgramRows> {
    return repository.loadPrograms(em, networkId, institutionIds);
  }

  loadPathwayOutlines(
    em: EntityManager,
    networkId: number,
  ): Promise<Pick<Network, 'institutions' | 'pathways' | 'versions'>> {
    return repository.loadPathwayOutlines(em, networkId);
  }

  loadAreas(em: EntityManager, networkId: number): Promise<Pick<Network, 'areas' | 'projections'>> {
    return repository.loadAreas(em, networkId);
  }

  institutionsTouched(em: EntityManager, networkId: number, touched: Touched): Promise<string[]> {
    return repository.institutionsTouched(em, networkId, touched);
  }

  findPathway(
    em: EntityManager,
    networkId: number,
    pathwayId: string,
  ): Promise<{ pathway: Pathway; institution: Institution; versions: PathwayVersion[] } | null> {
    return details.findPathway(em, networkId, pathwayId);
  }

  cohortsOf(em: EntityManager, networkId: number, pathwayId: string): Promise<PathwayCohort[]> {
    return details.cohortsOf(em, networkId, pathwayId);
  }

  unitsOf(em: EntityManager, networkId: number, versionId: string): Promise<UnitDetail[]> {
    return details.unitsOf(em, networkId, versionId);
  }

  credentialsOf(
    em: EntityManager,
    networkId: number,
    versionId: string,
  ): Promise<{ credentialId: string; name: string }[]> {
    return details.credentialsOf(em, networkId, versionId);
  }

  educatorsOf(
    em: EntityManager,
    networkId: number,
    institutionId: string,
    skillIds: readonly string[],
  ): Promise<EducatorDetail[]> {
    return details.educatorsOf(em, networkId, institutionId, skillIds);
  }

  skillNames(em: EntityManager, networkId: number, ids: readonly string[]): Promise<Map<string, string>> {
    return details.skillNames(em, networkId, ids);
  }

  credentialNames(em: EntityManager, networkId: number, ids: readonly string[]): Promise<Map<string, string>> {
    return details.credentialNames(em, networkId, ids);
  }
}
