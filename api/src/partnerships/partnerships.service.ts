import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { Evidence, Network, Site } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import type { SavedFile, SaveOptions, Touched } from '../platform/database/network-rows.js';
import * as repository from './partnerships.repository.js';
import { ImportedEmployers } from './imported-employers.service.js';
import * as details from './requirement-details.repository.js';
import type { RequirementDetail } from './requirement-detail.js';
import type { DemandRows, EngagementRows } from './partnerships.repository.js';

/** Days before its review date on which a requirement is announced as due. */
const REVIEW_NOTICE_DAYS = 30;

/** What employers ask for, promise and do. */
@Injectable()
export class PartnershipsService {
  constructor(private readonly employers: ImportedEmployers) {}

  /** Saves the rows, and says which employer, one across all schools, each of theirs is. */
  async save(
    em: EntityManager,
    networkId: number,
    rows: Partial<Network>,
    touched: Touched,
    options: SaveOptions,
  ): Promise<SavedFile[]> {
    const saved = await repository.savePartnerships(em, networkId, rows, touched, options);
    await this.employers.identify(em, networkId, rows);
    return saved;
  }

  loadDemand(em: EntityManager, networkId: number, counties: readonly string[] | null): Promise<DemandRows> {
    return repository.loadDemand(em, networkId, counties);
  }

  loadEngagement(
    em: EntityManager,
    networkId: number,
    only: { employerIds: readonly string[]; pathwayIds: readonly string[] } | null,
  ): Promise<EngagementRows> {
    return repository.loadEngagement(em, networkId, only);
  }

  loadEvidence(em: EntityManager, networkId: number): Promise<Evidence[]> {
    return repository.loadEvidence(em, networkId, null);
  }

  loadSites(em: EntityManager, networkId: number): Promise<Site[]> {
    return repository.loadSites(em, networkId);
  }

  demandTouched(
    em: EntityManager,
    networkId: number,
    touched: Touched,
  ): Promise<{ counties: string[]; employers: string[] }> {
    return repository.demandTouched(em, networkId, touched);
  }

  findRequirements(em: EntityManager, networkId: number, ids: readonly string[]): Promise<RequirementDetail[]> {
    return details.findRequirements(em, networkId, ids);
  }

  requirementLabels(
    em: EntityManager,
    networkId: number,
    ids: readonly string[],
  ): Promise<{ id: string; title: string; employerName: string }[]> {
    return details.requirementLabels(em, networkId, ids);
  }

  commitmentsNaming(
    em: EntityManager,
    networkId: number,
    requirementIds: readonly string[],
  ): Promise<Pick<Network, 'commitments' | 'activations'>> {
    return details.commitmentsNaming(em, networkId, requirementIds);
  }

  askedSkills(
    em: EntityManager,
    networkId: number,
    where: { counties: readonly string[]; asOf: LocalDate; skillIds: readonly string[] },
  ): Promise<Set<string>> {
    return details.askedSkills(em, networkId, where);
  }

  findEngagement(
    em: EntityManager,
    networkId: number,
    employerId: string,
    pathwayId: string,
  ): Promise<EngagementRows | null> {
    return details.findEngagement(em, networkId, employerId, pathwayId);
  }

  /** Notes which requirements turned stale or are due for review within 30 days. */
  reviewRequirements(em: EntityManager, networkId: number, asOf: LocalDate): Promise<{ due: number; stale: number }> {
    return repository.recordReviews(em, networkId, asOf, REVIEW_NOTICE_DAYS);
  }
}
