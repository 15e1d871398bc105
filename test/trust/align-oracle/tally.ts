import type { AlignmentResult } from './oracle.ts';

const FLAGS = {
  cohorts:
    'empty-highway no-local-demand oversupplied skills-gap credential-unasked credential-missing built-outward demand-stale educator-gap',
  partnerships:
    'advisory-only dormant promise-broken promise-untested requirements-stale rubber-stamp slipping confirm-evidence answer-activation review-requirements host-placement make-commitment',
};
const RUNGS = [0, 1, 2, 3, 4, 5].map((rung) => `rung ${rung}`);

/** How often each flag, rung and next step stood over all cases, and how often not. */
export class Tally {
  private readonly standing = new Map<string, number>();
  private readonly all = { cohorts: 0, partnerships: 0 };

  add({ cohorts, partnerships }: AlignmentResult): void {
    this.all.cohorts += cohorts.length;
    this.all.partnerships += partnerships.length;
    const seen = (word: string): void => void this.standing.set(word, this.count(word) + 1);
    for (const cohort of cohorts) cohort.flags.forEach((flag) => seen(flag.code));
    for (const { rung, flags, nextSteps } of partnerships) {
      seen(`rung ${rung}`);
      flags.forEach((flag) => seen(flag.code));
      nextSteps.forEach(seen);
    }
  }

  private count(word: string): number {
    return this.standing.get(word) ?? 0;
  }

  private words(): { word: string; raised: number; not: number }[] {
    return (['cohorts', 'partnerships'] as const).flatMap((of) =>
      [...FLAGS[of].split(' '), ...(of === 'partnerships' ? RUNGS : [])].map((word) => ({
        word,
        raised: this.count(word),
        not: this.all[of] - this.count(word),
      })),
    );
  }

  /** One line a word. */
  toString(): string {
    const lines = this.words().map(
      ({ word, raised, not }) =>
        `  ${word.padEnd(20)} ${String(raised).padStart(7)} times, ${String(not).padStart(7)} times not`,
    );
    return [`${this.all.cohorts} cohorts, ${this.all.partnerships} partnerships`, ...lines].join('\n');
  }

  /** Words that never occurred or always did, of which the cases say nothing. */
  untried(): string[] {
    return this.words().flatMap(({ word, raised, not }) => (raised === 0 || not === 0 ? [word] : []));
  }
}
