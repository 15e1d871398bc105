import { expect, test } from '@jest/globals';
import { findComponents, splitNetwork } from './components.js';
import { NetworkBuilder } from './network.builder.js';

const zones: Record<string, string> = { '21193': 'hazard', '21119': 'hazard', '21111': 'louisville' };
const components = ({ network }: NetworkBuilder) => findComponents(network, (county) => zones[county] ?? null);

test('institutions that reach a common county are one component, others are not', () => {
  const builder = new NetworkBuilder()
    .institution('hazard')
    .institution('knott', { countyFips: '21119' })
    .institution('louisville', { countyFips: '21111' })
    .requirement('r1')
    .requirement('r2', [], { county: '21119' })
    .requirement('r3', [], { county: '21111' });
  expect(components(builder)).toEqual([
    { key: 'institution hazard', institutionIds: ['hazard', 'knott'], countyFips: ['21119', '21193'] },
    { key: 'institution louisville', institutionIds: ['louisville'], countyFips: ['21111'] },
  ]);
});

test('institutions of one labor-market area are one component even without a common county', () => {
  const builder = new NetworkBuilder()
    .institution('a', { reach: [] })
    .institution('b', { reach: [], countyFips: '21111' });
  expect(components(builder)).toHaveLength(2);
  expect(components(builder.area('kentucky', '21193', '21111'))).toHaveLength(1);
});

test('institutions of one county outside every area are one component', () => {
  expect(components(new NetworkBuilder().institution('a', { reach: [] }).institution('b', { reach: [] }))).toHaveLength(
    1,
  );
});

test('a site county that nobody reaches stands alone, so that its seats still count', () => {
  const builder = new NetworkBuilder().requirement('r1', [], { county: '48001' });
  expect(components(builder)).toEqual([{ key: 'county 48001', institutionIds: [], countyFips: ['48001'] }]);
  const [part] = splitNetwork(builder.network, components(builder));
  expect(part!.requirements).toHaveLength(1);
});

test('every row of supply and demand lands in exactly one part', () => {
  const builder = NetworkBuilder.withCollege()
    .institution('louisville', { countyFips: '21111' })
    .unit('u1', ['iv:3'])
    .cohort('cohort')
    .educator('e', { iv: '2026-01-01' })
    .requirement('r1', ['iv:3'], {}, { rn: 'required' })
    .requirement('r2', ['iv:3'], { county: '21111' })
    .commitment('k', 'r2')
    .activation('a', 'k');
  const parts = splitNetwork(builder.network, components(builder));
  expect(parts.map(({ employers }) => employers)).toEqual([builder.network.employers, builder.network.employers]);
  for (const table of [
    'sites',
    'requirements',
    'requirementSkills',
    'requirementCredentials',
    'institutions',
    'pathways',
    'versions',
    'units',
    'unitSkills',
    'cohorts',
    'commitments',
    'activations',
    'educators',
    'educatorSkills',
  ] as const)
    expect(parts.flatMap((part): object[] => part[table])).toEqual(expect.arrayContaining(builder.network[table]));
  expect(parts.map(({ requirements }) => requirements.map(({ requirementId }) => requirementId))).toEqual([
    ['r1'],
    ['r2'],
  ]);
});
