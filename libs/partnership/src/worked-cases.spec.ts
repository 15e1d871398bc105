import { expect, test } from '@jest/globals';
import type { PartnershipResult } from '@throughway/vocabulary/alignment-result';
import { parseDay } from '@throughway/vocabulary/local-date';
import { readdirSync, readFileSync } from 'node:fs';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, type NetworkDraft } from './network.builder.js';

interface WorkedCase {
  story: string;
  source: string;
  asOf: string;
  /** Rows of employer E and pathway P as {@link aNetwork} completes them, with days as `YYYY-MM-DD`. */
  rows: NetworkDraft;
  expected: Pick<PartnershipResult, 'rung' | 'flags' | 'nextSteps'>;
}

const folder = new URL('../cases/', import.meta.url);
const DAY_KEY = /(On|reviewBy)$/;

function readCase(file: string): WorkedCase {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const { rows, ...rest } = JSON.parse(text) as WorkedCase;
  const toDay = (key: string, value: unknown): unknown =>
    DAY_KEY.test(key) && typeof value === 'string' ? parseDay(value) : value;
  return { ...rest, rows: JSON.parse(JSON.stringify(rows), toDay) as NetworkDraft };
}

const cases = readdirSync(folder).map((file) => ({ file, ...readCase(file) }));

test.each(cases)('$file: $story', ({ asOf, rows, expected }) => {
  const results = assessPartnerships(aNetwork(rows), { asOf: parseDay(asOf) ?? NaN, commutingZoneOf: () => null });
  expect(results).toEqual([{ employerId: 'E', pathwayId: 'P', ...expected }]);
});
