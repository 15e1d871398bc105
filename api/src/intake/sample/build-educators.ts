import type { Day } from '@throughway/vocabulary/local-date';
import type { ProgramRows } from './build-programs.js';
import { curriculumOf } from './curriculum.js';
import type { SamplePathway } from './pathways.js';
import type { SeededRandom } from './seeded-random.js';
import type { SkillKey } from './skills.js';

/** Well inside 36 months, and well outside. */
const CURRENT = [40, 850] as const;
const LAPSED = [1250, 1600] as const;

/**
 * Two educators for a pathway, named by number only: the first teaches every skill of its latest curriculum, the second every
 * other one. The first is current in all but the pathway's lapsed skills; the second, in about half of what is not lapsed.
 */
export function buildEducators(rows: ProgramRows, pathway: SamplePathway, asOf: Day, random: SeededRandom): void {
  const skills = curriculumOf(pathway).flatMap((unit) => Object.keys(unit.skills) as SkillKey[]);
  for (const second of [false, true]) {
    const number = rows.educators.length + 1;
    const educatorId = `educator-${number}`;
    rows.educators.push({ educatorId, institutionId: pathway.at, name: `Sample educator ${number}` });
    skills.forEach((skillId, i) => {
      if (second && i % 2 === 0) return;
      const lapsed = (pathway.lapsed?.includes(skillId) ?? false) || (second && random.between(0, 1) === 0);
      const [low, high] = lapsed ? LAPSED : CURRENT;
      rows.educatorSkills.push({ educatorId, skillId, lastIndustryContactOn: asOf - random.between(low, high) });
    });
  }
}
