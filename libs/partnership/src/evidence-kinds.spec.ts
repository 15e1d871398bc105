import { expect, test } from '@jest/globals';
import { RUNG_1_EVIDENCE, RUNG_2_EVIDENCE, RUNG_3_EVIDENCE } from '@throughway/vocabulary/network';
import { EVIDENCE_KIND_RULES } from './evidence-kinds.js';

test.each([
  [1, RUNG_1_EVIDENCE],
  [2, RUNG_2_EVIDENCE],
  [3, RUNG_3_EVIDENCE],
] as const)('the kinds of rung %d are those of the vocabulary', (rung, kinds) => {
  const carrying = Object.entries(EVIDENCE_KIND_RULES).filter(([, rule]) => rule.rung === rung);
  expect(carrying.map(([kind]) => kind).sort()).toEqual([...kinds].sort());
});
