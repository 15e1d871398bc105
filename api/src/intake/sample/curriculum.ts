import type { Level } from '@throughway/vocabulary/network';
import type { SamplePathway } from './pathways.js';
import type { SkillKey } from './skills.js';
import { tradeOf, type TradeUnit } from './trades.js';

/** The units of a pathway's latest curriculum: its trade's, less what it leaves untaught, plus what it adds. A unit left without skills is not taught. */
export function curriculumOf(pathway: SamplePathway): TradeUnit[] {
  const units = tradeOf(pathway.trade).units.map((unit) => {
    const kept = (Object.entries(unit.skills) as [SkillKey, Level][])
      .filter(([skill]) => !pathway.untaught?.includes(skill))
      .map(([skill, level]) => [skill, pathway.weak?.[skill] ?? level]);
    return { ...unit, skills: Object.fromEntries(kept) as TradeUnit['skills'] };
  });
  return [...units.filter((unit) => Object.keys(unit.skills).length > 0), ...(pathway.extraUnits ?? [])];
}
