import { expect, test } from '@jest/globals';
import { type Institution } from '@throughway/vocabulary/network';
import { reachReader } from './reach.js';

const zones: Record<string, string> = { '21193': 'hazard', '21119': 'hazard', '21111': 'louisville' };
const inReach = reachReader(['21193', '21119', '21111', '90001', '90002'], (county) => zones[county] ?? null);
const at = (countyFips: string, reach: string[] | null): Institution => ({
  institutionId: 'i',
  name: '',
  countyFips,
  reach,
});

test.each([
  ['a blank reach is the commuting zone of the county', at('21193', null), ['21119', '21193']],
  ['a zone is reached from a county of it without sites', at('21193', null), ['21119', '21193']],
  ['an unknown county is its own zone', at('90001', null), ['90001']],
  ['an unknown county without sites reaches none', at('90009', null), []],
  ['a listed reach is exactly that, even without the own county', at('21193', ['21111', '90002']), ['21111', '90002']],
  ['a listed county without sites adds nothing', at('21193', ['21999']), []],
])('%s', (_, institution, counties) => {
  expect(inReach(institution)).toEqual(counties);
});
