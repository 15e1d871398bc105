import { Injectable } from '@nestjs/common';
import type { Receipt } from '@throughway/contracts/words';
import type { CohortFlagCode, Flag, PartnershipFlagCode } from '@throughway/vocabulary/alignment-result';
import { formatDay } from '@throughway/vocabulary/local-date';
import type { Activation, Commitment, Evidence } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import { ProgramsService } from '../programs/programs.service.js';

type ReceiptRow = z.infer<typeof Receipt>;
type Shown<Code> = { code: Code; since: string; because: ReceiptRow[] }[];

/** Rows of one partnership that its flags can name. */
export interface PartnershipReceipts {
  evidence: readonly Evidence[];
  commitments: readonly Commitment[];
  activations: readonly Activation[];
}

/** What the ids behind a partnership's flag are (EXACT, because). */
const PARTNERSHIP_KINDS: Record<PartnershipFlagCode, 'evidence' | 'activation' | 'commitment' | 'requirement'> = {
  'advisory-only': 'evidence',
  dormant: 'evidence',
  'promise-broken': 'activation',
  'promise-untested': 'commitment',
  'requirements-stale': 'requirement',
  'rubber-stamp': 'evidence',
  slipping: 'evidence',
};

/** Names the rows that raise a flag, so that a person recognizes them. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
  ) {}

  async ofCohortFlags(
    em: EntityManager,
    networkId: number,
    flags: readonly Flag<CohortFlagCode>[],
  ): Promise<Shown<CohortFlagCode>> {
    const kindOf = (code: CohortFlagCode): string => (code === 'credential-unasked' ? 'credential' : 'requirement');
    const ids = (kind: string): string[] =>
      flags.filter(({ code }) => kindOf(code) === kind).flatMap(({ because }) => because);
    const labels = new Map<string, Map<string, string>>([
      ['requirement', await this.requirementLabels(em, networkId, ids('requirement'))],
      ['credential', await this.programs.credentialNames(em, networkId, ids('credential'))],
    ]);
    return flags.map(({ code, since, because }) => ({
      code,
      since,
      because: because.map((id) => ({ id, kind: kindOf(code), label: labels.get(kindOf(code))?.get(id) ?? id })),
    }));
  }

  async ofPartnershipFlags(
    em: EntityManager,
    networkId: number,
    flags: readonly Flag<PartnershipFlagCode>[],
    rows: PartnershipReceipts,
  ): Promise<Shown<PartnershipFlagCode>> {
    const requirementIds = [
      ...flags.flatMap(({ code, because }) => (PARTNERSHIP_KINDS[code] === 'requirement' ? because : [])),
      ...rows.commitments.map((row) => row.requirementId),
    ];
    const requirements = await this.requirementLabels(em, networkId, requirementIds);
    const labels = {
      requirement: requirements,
      evidence: new Map(rows.evidence.map((row) => [row.evidenceId, `${row.kind} · ${formatDay(row.occurredOn)}`])),
      activation: new Map(rows.activations.map((row) => [row.activationId, formatDay(row.activatedOn)])),
      commitment: new Map(
        rows.commitments.map((row) => [row.commitmentId, requirements.get(row.requirementId) ?? row.kind]),
      ),
    };
    return flags.map(({ code, since, because }) => ({
      code,
      since,
      because: because.map((id) => ({
        id,
        kind: PARTNERSHIP_KINDS[code],
        label: labels[PARTNERSHIP_KINDS[code]].get(id) ?? id,
      })),
    }));
  }

  private async requirementLabels(
    em: EntityManager,
    networkId: number,
    ids: readonly string[],
  ): Promise<Map<string, string>> {
    const rows = await this.partnerships.requirementLabels(em, networkId, [...new Set(ids)]);
    return new Map(rows.map(({ id, title, employerName }) => [id, `${title} · ${employerName}`]));
  }
}
