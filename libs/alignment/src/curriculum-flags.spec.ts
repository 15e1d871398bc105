import { describe, expect, test } from '@jest/globals';
import { type CohortFlagCode } from '@throughway/vocabulary/alignment-result';
import { formatDay } from '@throughway/vocabulary/local-date';
import { alignCohorts } from './align-cohorts.js';
import { day, NetworkBuilder } from './network.builder.js';

const asOf = day('2026-06-30');
const on = (text: string, days = 0): number => day(text) + days;

type Found = [since: string, because: string[]] | null;

/** Since when, and because of what, cohort `cohort` carries the flag; null when it does not. */
function flagOf(code: CohortFlagCode, { network }: NetworkBuilder, previous?: Record<string, string>): Found {
  const { cohorts } = alignCohorts(network, {
    asOf,
    threshold: { numerator: 4n, denominator: 5n },
    commutingZoneOf: () => null,
    ...(previous && {
      previous: new Map([['cohort', new Map(Object.entries(previous) as [CohortFlagCode, string][])]]),
    }),
  });
  const flag = cohorts
    .find(({ cohortId }) => cohortId === 'cohort')!
    .flags.find((candidate) => candidate.code === code);
  return flag ? [flag.since, flag.because] : null;
}

const college = (): NetworkBuilder => NetworkBuilder.withCollege().cohort('cohort');
const nurses = (): NetworkBuilder => college().unit('u1', ['iv:3']);
/** A cohort whose program teaches nothing of what matters to a flag on its own. */
const aimedAt = (...targetSocs: string[]): NetworkBuilder =>
  new NetworkBuilder().institution('college').pathway('pathway', { targetSocs }).version('version').cohort('cohort');

type Row = [title: string, builder: NetworkBuilder, found: Found];
const table = (code: CohortFlagCode, rows: Row[]): void =>
  describe(code, () => {
    test.each(rows)('%s', (_, builder, found) => {
      expect(flagOf(code, builder)).toEqual(found);
    });
  });

table('empty-highway', [
  ['4 of 10 seated', nurses().requirement('r1', ['iv:3'], { headcountPerYear: 4 }), ['2026-06-30', ['r1']]],
  ['5 of 10 seated', nurses().requirement('r1', ['iv:3'], { headcountPerYear: 5 }), null],
  ['nobody to seat', NetworkBuilder.withCollege().cohort('cohort', { expectedCompleters: 0 }), null],
  ['completes today', NetworkBuilder.withCollege().cohort('cohort', { completesOn: asOf }), ['2026-06-30', []]],
  ['completed yesterday', NetworkBuilder.withCollege().cohort('cohort', { completesOn: asOf - 1 }), null],
  [
    'completes in 364 days',
    NetworkBuilder.withCollege().cohort('cohort', { completesOn: asOf + 364 }),
    ['2026-06-30', []],
  ],
  ['completes in 365 days', NetworkBuilder.withCollege().cohort('cohort', { completesOn: asOf + 365 }), null],
]);

table('no-local-demand', [
  ['nothing was ever asked, since the adoption', college(), ['2024-01-01', []]],
  ['one is live', college().requirement('r1'), null],
  ['the last one lapsed', college().requirement('r1', [], { reviewBy: on('2026-03-31') }), ['2026-04-01', []]],
  ['only another occupation is asked', college().requirement('r1', [], { soc: '47-2111' }), ['2024-01-01', []]],
  ['only beyond its reach', college().requirement('r1', [], { county: '21111' }), ['2024-01-01', []]],
  ['openings are projected', college().area('area', '21193').projection('area', 1), null],
  ['no openings are projected', college().area('area', '21193').projection('area', 0), ['2024-01-01', []]],
  ['it aims at nothing', aimedAt().requirement('r1'), ['2024-01-01', []]],
  [
    'a version adopted in the future is judged as of today',
    new NetworkBuilder()
      .institution('college')
      .pathway('pathway')
      .version('version', { adoptedOn: asOf + 9 })
      .cohort('cohort'),
    ['2026-06-30', []],
  ],
]);

const rivals = (seats: number, openings: number): NetworkBuilder =>
  nurses()
    .requirement('r1', ['iv:3'], { headcountPerYear: seats })
    .area('area', '21193', '21119')
    .projection('area', openings)
    .institution('rival', { countyFips: '21119' })
    .pathway('rival', { institutionId: 'rival', targetSocs: ['29-1141.00', '31-1131'] })
    .version('rival', { pathwayId: 'rival' })
    .cohort('rival', { versionId: 'rival', expectedCompleters: 7 });

table('oversupplied', [
  ['17 graduates of the area, 16 seats, 16 openings', rivals(16, 16), ['2026-06-30', ['r1']]],
  ['17 graduates of the area, 17 seats', rivals(17, 0), null],
  ['17 graduates of the area, 17 openings', rivals(0, 17), null],
  ['an outside rival does not count', nurses().requirement('r1', [], { headcountPerYear: 10 }), null],
  ['not together with no-local-demand', nurses(), null],
  [
    'not outside the run',
    NetworkBuilder.withCollege()
      .cohort('cohort', { completesOn: asOf - 1 })
      .requirement('r1', [], { headcountPerYear: 0 }),
    null,
  ],
  [
    'rivals outside the run do not count',
    nurses()
      .cohort('later', { completesOn: asOf + 365 })
      .requirement('r1', [], { headcountPerYear: 10 }),
    null,
  ],
  [
    'without an area the county counts',
    nurses().cohort('twin', { expectedCompleters: 1 }).requirement('r1', [], { headcountPerYear: 10 }),
    ['2026-06-30', ['r1']],
  ],
  [
    'promised seats beyond the headcount count',
    nurses().requirement('r1', [], { headcountPerYear: 1 }).commitment('k', 'r1', { seats: 10 }),
    null,
  ],
]);

table('skills-gap', [
  ['best coverage 3/4', college().unit('u1', ['iv:3']).requirement('r1', ['iv:4']), ['2025-01-01', ['r1']]],
  [
    'coverage exactly at the threshold',
    college().unit('u1', ['a:1', 'b:1', 'c:1', 'd:1']).requirement('r1', ['a', 'b', 'c', 'd', 'e']),
    null,
  ],
  ['one requirement is met', nurses().requirement('r1', ['iv:4']).requirement('r2', ['iv:3']), null],
  ['nothing is defined', nurses().requirement('r1', ['iv:4:trainable']), null],
  [
    'the undefined ones are not its grounds',
    nurses().requirement('r1', ['iv:4']).requirement('r2', ['iv:4:preferred']),
    ['2025-01-01', ['r1']],
  ],
  [
    'since the last requirement that was met lapsed',
    nurses()
      .requirement('r1', ['iv:4'])
      .requirement('r2', ['iv:3'], { reviewBy: on('2026-05-31') }),
    ['2026-06-01', ['r1']],
  ],
  [
    'a day without any breaks the stretch',
    nurses()
      .requirement('r1', ['iv:4'], { reviewBy: on('2026-05-30') })
      .requirement('r2', ['iv:4'], { recordedOn: on('2026-06-01') }),
    ['2026-06-01', ['r2']],
  ],
  [
    'one day after another does not',
    nurses()
      .requirement('r1', ['iv:4'], { reviewBy: on('2026-05-31') })
      .requirement('r2', ['iv:4'], { recordedOn: on('2026-06-01') }),
    ['2025-01-01', ['r2']],
  ],
  [
    'what was recorded late was not known earlier',
    nurses().requirement('r1', ['iv:4'], { recordedOn: on('2026-06-20'), effectiveOn: on('2026-01-01') }),
    ['2026-06-20', ['r1']],
  ],
]);

const awarding = (...credentials: string[]): NetworkBuilder =>
  new NetworkBuilder().institution('college').pathway('pathway').version('version', {}, credentials).cohort('cohort');

table('credential-unasked', [
  ['nobody lists it', awarding('lpn', 'rn').requirement('r1', [], {}, { rn: 'required' }), ['2025-01-01', ['lpn']]],
  ['somebody prefers it', awarding('rn').requirement('r1', [], {}, { rn: 'preferred' }), null],
  ['nobody is there to list it', awarding('rn'), null],
  ['nothing is awarded', awarding().requirement('r1'), null],
  [
    'since the last requirement that listed it lapsed',
    awarding('rn')
      .requirement('r1')
      .requirement('r2', [], { reviewBy: on('2026-05-31') }, { rn: 'required' }),
    ['2026-06-01', ['rn']],
  ],
  [
    'one credential or the other was unasked all along',
    awarding('lpn', 'rn')
      .requirement('r1', [], { reviewBy: on('2026-05-31') }, { rn: 'required' })
      .requirement('r2', [], { recordedOn: on('2026-06-01') }, { lpn: 'required' }),
    ['2025-01-01', ['rn']],
  ],
]);

table('credential-missing', [
  [
    'required and not awarded',
    awarding().requirement('r2').requirement('r1', [], {}, { rn: 'required' }),
    ['2025-01-01', ['r1']],
  ],
  ['required and awarded', awarding('rn').requirement('r1', [], {}, { rn: 'required' }), null],
  ['only preferred', awarding().requirement('r1', [], {}, { rn: 'preferred' }), null],
  ['required for another occupation', awarding().requirement('r1', [], { soc: '47-2111' }, { rn: 'required' }), null],
]);

const adopted = (adoptedOn: string): NetworkBuilder =>
  new NetworkBuilder()
    .institution('college')
    .pathway('pathway')
    .version('version', { adoptedOn: day(adoptedOn) })
    .cohort('cohort')
    .requirement('other', [], { soc: '47-2111', recordedOn: on('2025-03-01') })
    .requirement('r2', [], { recordedOn: on('2025-06-01') })
    .requirement('r1', [], { recordedOn: on('2025-06-01'), reviewBy: on('2025-07-01') })
    .requirement('r3', [], { recordedOn: on('2025-06-02') });

table('built-outward', [
  ['adopted on the day of the first requirement in reach', adopted('2025-03-01'), null],
  ['adopted a day later', adopted('2025-03-02'), ['2025-06-01', ['r1', 'r2']]],
  ['adopted a day before the first it serves', adopted('2025-05-31'), ['2025-06-01', ['r1', 'r2']]],
  ['adopted on that day', adopted('2025-06-01'), null],
  ['serving none', college().requirement('other', [], { soc: '47-2111', recordedOn: on('2023-01-01') }), null],
  [
    'a requirement out of reach is not the first in reach',
    college()
      .requirement('r1', [], { recordedOn: on('2025-06-01') })
      .requirement('far', [], { county: '21111', soc: '47-2111', recordedOn: on('2023-01-01') }),
    null,
  ],
]);

table('demand-stale', [
  ['reviewed by yesterday', college().requirement('r1', [], { reviewBy: asOf - 1 }), ['2026-06-30', ['r1']]],
  ['reviewed by today', college().requirement('r1', [], { reviewBy: asOf }), null],
  [
    'another is live',
    college()
      .requirement('r1', [], { reviewBy: asOf - 1 })
      .requirement('r2'),
    null,
  ],
  ['never effective', college().requirement('r1', [], { effectiveOn: asOf + 1, reviewBy: asOf + 1 }), null],
  [
    'since the last live one lapsed',
    college()
      .requirement('r1', [], { reviewBy: on('2026-01-31') })
      .requirement('r2', [], { reviewBy: on('2026-04-30') }),
    ['2026-05-01', ['r1', 'r2']],
  ],
  [
    'recorded when it was stale already',
    college().requirement('r1', [], { recordedOn: on('2026-06-10'), reviewBy: on('2026-01-31') }),
    ['2026-06-10', ['r1']],
  ],
]);

const taughtBy = (lastContact: string): NetworkBuilder =>
  college().requirement('r1', ['iv:3']).educator('educator', { iv: lastContact });

table('educator-gap', [
  ['nobody teaches it', college().requirement('r1', ['iv:3']), ['2025-01-01', ['r1']]],
  ['contact 36 months ago to the day', taughtBy('2023-06-30'), null],
  ['contact a day before that', taughtBy('2023-06-29'), ['2026-06-30', ['r1']]],
  ['contact on the 31st, 36 months clamped to the 30th', taughtBy('2023-06-30'), null],
  ['contact tomorrow is not known', taughtBy('2026-07-01'), ['2025-01-01', ['r1']]],
  ['contact today', taughtBy('2026-06-30'), null],
  ['trainable skills need no educator', college().requirement('r1', ['iv:3:trainable']), null],
  [
    'an educator elsewhere does not help',
    college()
      .requirement('r1', ['iv:3'])
      .institution('other')
      .educator('e', { iv: '2026-06-01' }, { institutionId: 'other' }),
    ['2025-01-01', ['r1']],
  ],
  [
    'since the educator was last current',
    college()
      .requirement('r1', ['iv:3'])
      .requirement('r2', ['wound:2'])
      .educator('a', { iv: '2023-02-28', wound: '2026-01-01' }),
    ['2026-03-01', ['r1']],
  ],
  [
    'another skill was lacking until that one was',
    college()
      .requirement('r1', ['iv:3'])
      .requirement('r2', ['wound:2'], { reviewBy: on('2026-02-28') })
      .educator('a', { iv: '2023-02-28' }),
    ['2025-01-01', ['r1']],
  ],
]);

describe('an earlier alignment', () => {
  test('continues the two flags that cannot be replayed, and no other', () => {
    const empty = college().requirement('r1', ['iv:3'], { headcountPerYear: 1 });
    const previous = { 'empty-highway': '2026-02-01', oversupplied: '2026-03-01', 'skills-gap': '2020-01-01' };
    expect(flagOf('empty-highway', empty, previous)?.[0]).toBe('2026-02-01');
    expect(flagOf('oversupplied', empty, previous)?.[0]).toBe('2026-03-01');
    expect(flagOf('skills-gap', empty, previous)?.[0]).toBe('2025-01-01');
    expect(flagOf('empty-highway', empty, { oversupplied: '2026-03-01' })?.[0]).toBe(formatDay(asOf));
  });
});
