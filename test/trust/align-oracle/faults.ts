import { compareResults } from './compare-results.ts';
import { fromDay, toDay } from './days.ts';
import type { AlignmentResult, OracleAnswer } from './oracle.ts';

/** The control: faults that a comparison must see; each answers false when this result has no place for it. */
const FAULTS: Record<string, (result: AlignmentResult) => boolean> = {
  'one more graduate seated': ({ cohorts }) => change(cohorts.at(0), (cohort) => (cohort.seated += 1)),
  'a seat given away': ({ cohorts }) =>
    change(
      cohorts.find(({ assigned }) => assigned.length > 0),
      (cohort) => {
        cohort.seated -= cohort.assigned.pop()!.count;
        cohort.seatShare = cohort.seated / cohort.expectedCompleters;
      },
    ),
  'a seat used a hundred times over': ({ cohorts }) =>
    change(
      cohorts.find(({ assigned }) => assigned.length > 0),
      ({ assigned }) => (assigned[0]!.count += 100),
    ),
  'a promised seat called posted': ({ cohorts }) =>
    change(
      cohorts.flatMap(({ assigned }) => assigned).find(({ commitmentId }) => commitmentId !== null),
      (seat) => (seat.commitmentId = null),
    ),
  'a flag of a cohort dropped': ({ cohorts }) =>
    change(
      cohorts.find(({ flags }) => flags.length > 0),
      ({ flags }) => flags.pop(),
    ),
  'a flag since one day later': ({ partnerships }) =>
    change(partnerships.flatMap(({ flags }) => flags).at(0), (flag) => (flag.since = fromDay(toDay(flag.since)! + 1))),
  'one id fewer behind a flag': ({ partnerships }) =>
    change(
      partnerships.flatMap(({ flags }) => flags).find(({ because }) => because.length > 0),
      ({ because }) => because.pop(),
    ),
  'a rung too high': ({ partnerships }) => change(partnerships.at(0), (partnership) => (partnership.rung += 1)),
  'a match dropped': ({ cohorts }) =>
    change(
      cohorts.find(({ matches }) => matches.length > 0),
      ({ matches }) => matches.pop(),
    ),
  'two matches exchanged': ({ cohorts }) =>
    change(
      cohorts.find(({ matches }) => matches.length > 1),
      ({ matches }) => matches.reverse(),
    ),
  'a little more orphan content': ({ cohorts }) => change(cohorts.at(0), (cohort) => (cohort.orphanHours += 1e-9)),
  'one seat more in total': ({ totals }) => change(totals, () => (totals.seats += 1)),
};

function change<T>(target: T | undefined, act: (target: T) => unknown): boolean {
  if (target !== undefined) act(target);
  return target !== undefined;
}

/** Plants each fault once, in the first result that has a place for it and agreed before. */
export class Control {
  private readonly left = new Map(Object.entries(FAULTS));
  private readonly unnoticed: string[] = [];

  try(answer: OracleAnswer, product: AlignmentResult): void {
    for (const [fault, plant] of this.left) {
      const perturbed = structuredClone(product);
      if (!plant(perturbed)) continue;
      this.left.delete(fault);
      if (compareResults(answer, perturbed) === null) this.unnoticed.push(fault);
    }
  }

  get size(): number {
    return Object.keys(FAULTS).length;
  }

  /** Faults that went unnoticed or found no place; none of either when the control holds. */
  missed(): string[] {
    return [...this.unnoticed, ...this.left.keys()];
  }
}
