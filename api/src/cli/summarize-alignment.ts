import { printable } from '@throughway/formats/format-problem';
import {
  type AlignmentResult,
  type CohortResult,
  type PartnershipResult,
} from '@throughway/vocabulary/alignment-result';
import { type Network } from '@throughway/vocabulary/network';
import { formatTable } from './format-table.js';

/** Rows of a table before "and N more". */
const ROWS_SHOWN = 20;
const NAME_WIDTH = 40;

/** In the order of Rung. */
const RUNG_NAMES = ['dormant', 'advisory', 'contributing', 'hosting', 'hiring-committed', 'co-owning'] as const;

/** The answer for a person at a terminal: pathways that lead nowhere first (most graduates without a seat), then partnerships, then totals. */
export function summarizeAlignment(result: AlignmentResult, network: Network): string {
  return [
    `Where the pathways lead, as of ${result.asOf}`,
    '',
    describeCohorts(result, network),
    describePartnerships(result, network),
    `${result.totals.seated} of ${result.totals.completers} expected completers have a seat; live demand offers ${result.totals.seats} seats.`,
    `Digest ${result.digest} (${result.engine})`,
  ].join('\n');
}

function describeCohorts({ cohorts }: AlignmentResult, network: Network): string {
  if (cohorts.length === 0) return 'No cohorts.\n';
  const pathwayOfVersion = new Map(network.versions.map(({ versionId, pathwayId }) => [versionId, pathwayId]));
  const nameOfPathway = new Map(network.pathways.map(({ pathwayId, name }) => [pathwayId, name || pathwayId]));
  const pathwayOf = new Map(
    network.cohorts.map(({ cohortId, versionId }) => [
      cohortId,
      nameOfPathway.get(pathwayOfVersion.get(versionId) ?? '') ?? '',
    ]),
  );
  const worstFirst = [...cohorts].sort((a, b) => unseated(b) - unseated(a));
  const rows = worstFirst
    .slice(0, ROWS_SHOWN)
    .map((cohort) => [
      shorten(cohort.cohortId),
      shorten(pathwayOf.get(cohort.cohortId) ?? ''),
      String(cohort.expectedCompleters),
      cohort.seatShare === null && cohort.seated === 0 ? '–' : String(cohort.seated),
      cohort.seatShare === null ? '–' : `${Math.round(cohort.seatShare * 100)}%`,
      cohort.flags.map(({ code }) => code).join(', '),
    ]);
  const table = formatTable(['Cohort', 'Pathway', 'Completers', 'Seated', 'Share', 'Flags'], rows);
  return table + more(cohorts.length - rows.length, 'cohorts');
}

/** Graduates without a seat; those of a cohort outside the run are no graduates of this run. */
function unseated({ seatShare, expectedCompleters, seated }: CohortResult): number {
  return seatShare === null ? -1 : expectedCompleters - seated;
}

function describePartnerships({ partnerships }: AlignmentResult, network: Network): string {
  if (partnerships.length === 0) return 'No partnerships.\n';
  const counts = RUNG_NAMES.map((name, rung) => [
    String(rung),
    name,
    String(partnerships.filter((one) => one.rung === rung).length),
  ]);
  const advisory = partnerships.filter(({ flags }) => flags.some(({ code }) => code === 'advisory-only'));
  return `${formatTable(['Rung', 'Partnership', 'Count'], counts.reverse())}\n${describeAdvisory(advisory, network)}`;
}

function describeAdvisory(advisory: readonly PartnershipResult[], network: Network): string {
  if (advisory.length === 0) return 'No partnership is only advisory.\n';
  const employers = new Map(network.employers.map(({ employerId, name }) => [employerId, name || employerId]));
  const pathways = new Map(network.pathways.map(({ pathwayId, name }) => [pathwayId, name || pathwayId]));
  const rows = advisory
    .slice(0, ROWS_SHOWN)
    .map(({ employerId, pathwayId, flags, nextSteps }) => [
      shorten(employers.get(employerId) ?? employerId),
      shorten(pathways.get(pathwayId) ?? pathwayId),
      flags.find(({ code }) => code === 'advisory-only')?.since ?? '',
      nextSteps[0] ?? '',
    ]);
  const table = formatTable(['Only advisory', 'Pathway', 'Since', 'Next step'], rows);
  return table + more(advisory.length - rows.length, 'partnerships');
}

function more(count: number, what: string): string {
  return count > 0 ? `and ${count} more ${what}\n` : '';
}

function shorten(name: string): string {
  const characters = Array.from(printable(name));
  return characters.length > NAME_WIDTH ? `${characters.slice(0, NAME_WIDTH - 1).join('')}…` : characters.join('');
}
