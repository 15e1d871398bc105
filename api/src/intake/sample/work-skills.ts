import { compareIds } from '@throughway/vocabulary/compare-ids';
import { socKey } from '@throughway/vocabulary/network';
import type { SampleMarket } from './market.js';

const PER_OCCUPATION = 2;

/** The two O*NET skills that matter most to an occupation in any of its detailed forms (ties by name); fewer when the market knows fewer. */
export function workSkillsOf(market: SampleMarket, soc: string): string[] {
  const ranked = market.workSkills
    .filter((skill) => socKey(skill.soc) === soc)
    .sort((a, b) => b.importance - a.importance || compareIds(a.name, b.name))
    .map((skill) => skill.name);
  return [...new Set(ranked)].slice(0, PER_OCCUPATION);
}

/** `Active Listening` → `onet-active-listening`. */
export function workSkillId(name: string): string {
  return `onet-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`;
}
