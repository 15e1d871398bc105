import fc from 'fast-check';
import { formatDay } from '@throughway/vocabulary/local-date';
import { COMMITMENT_KINDS, type CommitmentKind, DISPOSITIONS, type Network } from '@throughway/vocabulary/network';
import { day, NetworkBuilder } from './network.builder.js';

/** The as-of day of random networks, whose dates lie within `SPREAD` days of it, mostly before. */
export const AS_OF = day('2026-06-30');
const SPREAD = 30;

const SKILLS = ['s1', 's2', 's3', 's4'];
const CREDENTIALS = ['c1', 'c2'];
const SOCS = ['29-1141', '29-1141.01', '47-2111'];
const COUNTIES = ['21193', '21133', '21095', '99999'];

/** Two zones and one county that no table knows. */
export function commutingZoneOf(county: string): string | null {
  return { '21193': 'north', '21133': 'north', '21095': 'south' }[county] ?? null;
}

const near = fc.integer({ min: AS_OF - SPREAD, max: AS_OF + SPREAD / 3 });
const skillText = fc
  .tuple(
    fc.constantFrom(...SKILLS),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('day-one', 'day-one', 'trainable', 'preferred'),
    fc.constantFrom('essential', 'important', 'useful'),
  )
  .map((parts) => parts.join(':'));
const skillList = fc.uniqueArray(skillText, { selector: (text) => text.split(':')[0], maxLength: 3 });

const requirement = fc.record({
  skills: skillList,
  soc: fc.constantFrom(...SOCS),
  county: fc.constantFrom(...COUNTIES),
  headcountPerYear: fc.nat(4),
  recordedOn: near,
  effectiveOn: near,
  length: fc.nat(SPREAD),
  credentials: fc.dictionary(fc.constantFrom(...CREDENTIALS), fc.constantFrom('required', 'preferred'), { maxKeys: 2 }),
});

const institution = fc.record({
  countyFips: fc.constantFrom(...COUNTIES),
  reach: fc.option(fc.subarray(COUNTIES), { nil: null, freq: 1 }),
  contacts: fc.dictionary(
    fc.constantFrom(...SKILLS),
    near.map((on) => on - 3 * 365 + 10),
    { maxKeys: 4 },
  ),
  recent: fc.dictionary(fc.constantFrom(...SKILLS), near, { maxKeys: 2 }),
});

const version = fc.record({
  institution: fc.nat(2),
  targetSocs: fc.subarray(SOCS),
  adoptedOn: near,
  units: fc.array(fc.record({ skills: skillList, hours: fc.constantFrom(0, 10, 12.5, 0.1, 0.2) }), { maxLength: 3 }),
  credentials: fc.subarray(CREDENTIALS),
  cohorts: fc.array(
    fc.record({ completesOn: fc.integer({ min: AS_OF - 5, max: AS_OF + 370 }), expectedCompleters: fc.nat(5) }),
    { minLength: 1, maxLength: 2 },
  ),
});

const commitment = fc.record({
  requirement: fc.nat(5),
  pathway: fc.option(fc.nat(3), { nil: null }),
  kind: fc.constantFrom<CommitmentKind>(...COMMITMENT_KINDS),
  seats: fc.nat(4),
  opensOn: near,
  length: fc.nat(400),
  activations: fc.array(
    fc.record({
      activatedOn: near,
      dueOn: near,
      answer: fc.option(fc.record({ answeredOn: near, disposition: fc.constantFrom(...DISPOSITIONS) }), { nil: null }),
    }),
    { maxLength: 2 },
  ),
});

/** Small networks in which few ids and near dates make coincidences, ties and boundary days common. */
export const randomNetwork: fc.Arbitrary<Network> = fc
  .record({
    requirements: fc.array(requirement, { minLength: 1, maxLength: 6 }),
    institutions: fc.array(institution, { minLength: 1, maxLength: 3 }),
    versions: fc.array(version, { minLength: 1, maxLength: 4 }),
    commitments: fc.array(commitment, { maxLength: 4 }),
    areas: fc.uniqueArray(fc.tuple(fc.constantFrom('a1', 'a2'), fc.constantFrom(...COUNTIES)), {
      selector: String,
      maxLength: 4,
    }),
    projections: fc.uniqueArray(
      fc.record({
        areaId: fc.constantFrom('a1', 'a2'),
        soc: fc.constantFrom(...SOCS),
        vintage: fc.constantFrom('2022-32', '2024-34'),
        annualOpenings: fc.nat(6),
      }),
      { selector: ({ areaId, soc, vintage }) => `${areaId} ${soc} ${vintage}`, maxLength: 4 },
    ),
  })
  .map((rows) => {
    const builder = new NetworkBuilder();
    rows.institutions.forEach(({ contacts, recent, ...row }, at) => {
      builder.institution(`i${at}`, row);
      builder.educator(`e${at}`, days(contacts), { institutionId: `i${at}` });
      builder.educator(`f${at}`, days(recent), { institutionId: `i${at}` });
    });
    rows.versions.forEach(({ institution: at, targetSocs, adoptedOn, units, credentials, cohorts }, v) => {
      builder.pathway(`p${v}`, { institutionId: `i${at % rows.institutions.length}`, targetSocs });
      builder.version(`v${v}`, { pathwayId: `p${v}`, adoptedOn }, credentials);
      units.forEach(({ skills, hours }, u) => builder.unit(`v${v}u${u}`, skills, { versionId: `v${v}`, hours }));
      cohorts.forEach((row, c) => builder.cohort(`v${v}c${c}`, { versionId: `v${v}`, ...row }));
    });
    rows.requirements.forEach(({ skills, credentials, length, ...row }, r) =>
      builder.requirement(`r${r}`, skills, { ...row, reviewBy: row.effectiveOn + length }, credentials),
    );
    rows.commitments.forEach(({ requirement: r, pathway, length, activations, ...row }, c) => {
      const pathwayId = pathway === null ? null : `p${pathway % rows.versions.length}`;
      const closesOn = row.opensOn + length;
      builder.commitment(`k${c}`, `r${r % rows.requirements.length}`, { ...row, pathwayId, closesOn });
      activations.forEach(({ activatedOn, dueOn, answer }, a) =>
        builder.activation(`k${c}a${a}`, `k${c}`, { activatedOn, dueOn, ...answer }),
      );
    });
    for (const [areaId, county] of rows.areas) builder.area(areaId, county);
    for (const { areaId, annualOpenings, ...row } of rows.projections) builder.projection(areaId, annualOpenings, row);
    return builder.network;
  });

function days(contacts: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(contacts).map(([skillId, on]) => [skillId, formatDay(on)]));
}

/** The network with the rows of every table in another order. */
export function shuffled(network: Network): fc.Arbitrary<Network> {
  const tables = Object.entries(network) as [string, unknown[]][];
  return fc
    .tuple(...tables.map(([, rows]) => fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })))
    .map((lists) => Object.fromEntries(tables.map(([name], at) => [name, lists[at]])) as unknown as Network);
}
