import { expect, test } from '@jest/globals';
import { type Projection } from '@throughway/vocabulary/network';
import { readLaborAreas } from './labor-areas.js';

const areas = [
  { areaId: 'state', countyFips: '21193' },
  { areaId: 'state', countyFips: '21111' },
  { areaId: 'state', countyFips: '21067' },
  { areaId: 'west', countyFips: '21111' },
  { areaId: 'east', countyFips: '21111' },
];
const row = (areaId: string, soc: string, vintage: string, annualOpenings: number, source = 's'): Projection => ({
  areaId,
  soc,
  vintage,
  annualOpenings,
  source,
  medianWageHourlyCents: null,
});

test.each([
  ['21193', 'state'],
  ['21111', 'east'],
  ['48001', null],
])('the area of county %s is %s: fewest counties, then the first id', (county, area) => {
  expect(readLaborAreas(areas, []).areaOf(county)).toBe(area);
});

test('openings are those of the target occupations in the latest vintage of that area', () => {
  const { openings } = readLaborAreas(areas, [
    row('state', '29-1141', '2022-32', 90),
    row('state', '29-1141', '2024-34', 7),
    row('state', '31-1131.00', '2024-34', 5),
    row('state', '47-2111', '2024-34', 100),
    row('east', '29-1141', '2026-36', 1000),
  ]);
  expect(openings('state', ['29-1141', '31-1131'])).toBe(12);
  expect(openings('state', ['11-1011'])).toBe(0);
  expect(openings('west', ['29-1141'])).toBe(0);
  expect(openings(null, ['29-1141'])).toBe(0);
});

test('an occupation absent from the latest vintage has no openings, whatever an earlier one said', () => {
  const { openings } = readLaborAreas(areas, [
    row('state', '29-1141', '2022-32', 90),
    row('state', '47-2111', '2024-34', 1),
  ]);
  expect(openings('state', ['29-1141'])).toBe(0);
});
