import type { PartnershipLadder, PartnershipPage, PartnershipRow } from '@throughway/contracts/partnerships';
import { A_RUN, SAMPLE_NETWORK } from './a-board';

export function aPartnershipRow(facts: Partial<PartnershipRow> = {}): PartnershipRow {
  return {
    employerId: 'em-1',
    employerName: 'Sample Fabrication',
    pathwayId: 'pw-welding',
    pathwayName: 'Sample Welding',
    institutionName: 'Sample Mountain College',
    rung: 1,
    flags: [{ code: 'advisory-only', since: '2025-02-10' }],
    nextSteps: ['confirm-evidence', 'host-placement'],
    lastEvidenceOn: '2026-05-02',
    ...facts,
  };
}

export function aLadder(facts: Partial<PartnershipLadder> = {}): PartnershipLadder {
  const rows = facts.rows ?? [
    aPartnershipRow(),
    aPartnershipRow({
      employerId: 'em-2',
      employerName: 'Sample Hospital',
      pathwayId: 'pw-nursing',
      pathwayName: 'Sample Practical Nursing',
      rung: 0,
      flags: [{ code: 'dormant', since: '2026-01-15' }],
      nextSteps: [],
      lastEvidenceOn: null,
    }),
    aPartnershipRow({
      employerId: 'em-3',
      employerName: 'Sample Rail Yard',
      rung: 4,
      flags: [],
      nextSteps: ['review-requirements'],
      lastEvidenceOn: '2026-06-20',
    }),
  ];
  return {
    network: SAMPLE_NETWORK,
    run: A_RUN,
    regions: [
      { areaId: 'ekcep', name: 'EKCEP' },
      { areaId: 'kentuckiana-works', name: 'Kentuckiana Works' },
    ],
    rowsVisible: 'all',
    countsCover: 'network',
    rungCounts: [
      { rung: 0, count: 9 },
      { rung: 1, count: 21 },
      { rung: 2, count: 11 },
      { rung: 3, count: 7 },
      { rung: 4, count: 4 },
      { rung: 5, count: 1 },
    ],
    flagCounts: [
      { code: 'advisory-only', count: 21 },
      { code: 'dormant', count: 9 },
      { code: 'promise-broken', count: 3 },
    ],
    rowCount: rows.length,
    rows,
    ...facts,
  };
}

/** A partnership that hosts, with a promise of which one of two was kept. */
export function aPartnershipPage(facts: Partial<PartnershipPage> = {}): PartnershipPage {
  return {
    network: SAMPLE_NETWORK,
    run: A_RUN,
    employer: { employerId: 'em-1', name: 'Sample Fabrication' },
    pathway: {
      pathwayId: 'pw-welding',
      name: 'Sample Welding',
      institutionName: 'Sample Mountain College',
      isReadable: true,
    },
    rung: 3,
    flags: [
      {
        code: 'slipping',
        since: '2026-06-01',
        because: [{ id: 'ev-3', kind: 'evidence', label: 'Paid placement, July 18, 2025' }],
      },
    ],
    nextSteps: ['answer-activation', 'review-requirements'],
    evidence: [
      {
        evidenceId: 'ev-1',
        kind: 'meeting',
        rung: 1,
        occurredOn: '2024-03-12',
        recordedOn: '2024-03-12',
        confirmedOn: '2024-03-20',
        quantity: 0,
        counted: false,
      },
      {
        evidenceId: 'ev-2',
        kind: 'teaching-hours',
        rung: 2,
        occurredOn: '2025-10-09',
        recordedOn: '2025-10-10',
        confirmedOn: null,
        quantity: 12,
        counted: false,
      },
      {
        evidenceId: 'ev-3',
        kind: 'paid-placement',
        rung: 3,
        occurredOn: '2025-07-18',
        recordedOn: '2025-07-20',
        confirmedOn: '2025-07-25',
        quantity: 160,
        counted: true,
      },
    ],
    commitments: [
      {
        commitmentId: 'cm-1',
        kind: 'direct-hire',
        title: 'Welder, structural',
        seats: 4,
        opensOn: '2026-01-01',
        closesOn: '2027-12-31',
        answerWithinDays: 10,
      },
    ],
    activations: [
      {
        activationId: 'ac-1',
        commitmentId: 'cm-1',
        activatedOn: '2026-05-20',
        dueOn: '2026-06-04',
        answeredOn: '2026-06-01',
        disposition: 'hired',
        state: 'kept',
      },
      {
        activationId: 'ac-2',
        commitmentId: 'cm-1',
        activatedOn: '2026-06-20',
        dueOn: '2026-07-06',
        answeredOn: null,
        disposition: null,
        state: 'waiting',
      },
    ],
    kept: { kept: 1, due: 2 },
    ...facts,
  };
}
