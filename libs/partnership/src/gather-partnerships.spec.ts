import { describe, expect, test } from '@jest/globals';
import { assessPartnerships } from './assess-partnerships.js';
import { aNetwork, daysAgo, type NetworkDraft, TODAY } from './network.builder.js';

function pairs(draft: NetworkDraft, only?: (employerId: string, pathwayId: string) => boolean): string[] {
  const options = { asOf: TODAY, commutingZoneOf: () => null, ...(only ? { only } : {}) };
  return assessPartnerships(aNetwork(draft), options).map(({ employerId, pathwayId }) => `${employerId} ${pathwayId}`);
}

describe('a partnership is listed', () => {
  test.each<[string, string[], NetworkDraft]>([
    [
      'with any known evidence, however old and unconfirmed',
      ['E P'],
      { evidence: [{ occurredOn: daysAgo(3000), confirmedOn: null }] },
    ],
    ['not with evidence recorded tomorrow', [], { evidence: [{ recordedOn: daysAgo(-1) }] }],
    ['not with evidence that occurs tomorrow', [], { evidence: [{ occurredOn: daysAgo(-1), recordedOn: TODAY }] }],
    [
      'with a commitment that names the pathway, whatever it targets',
      ['E P'],
      { pathways: [{ targetSocs: [] }], commitments: [{}] },
    ],
    [
      'with a blank commitment for an occupation it targets',
      ['E P'],
      { pathways: [{ targetSocs: ['11-1011', '29-1141.00'] }], commitments: [{ pathwayId: null }] },
    ],
    [
      'not with a blank commitment for another occupation',
      [],
      { pathways: [{ targetSocs: ['29-1142'] }], commitments: [{ pathwayId: null }] },
    ],
    [
      'not with a blank commitment when it targets nothing',
      [],
      { pathways: [{ targetSocs: [] }], commitments: [{ pathwayId: null }] },
    ],
    [
      'not with a blank commitment whose requirement is recorded tomorrow',
      [],
      { requirements: [{ recordedOn: daysAgo(-1) }], commitments: [{ pathwayId: null }] },
    ],
    ['with a commitment that opens today', ['E P'], { commitments: [{ opensOn: TODAY }] }],
    ['not with one that opens tomorrow', [], { commitments: [{ opensOn: daysAgo(-1) }] }],
    ['with a commitment long closed', ['E P'], { commitments: [{ closesOn: daysAgo(99) }] }],
    ['not by requirements alone', [], {}],
    [
      'once per pathway that a blank commitment reaches',
      ['E P', 'E Q'],
      {
        pathways: [{ pathwayId: 'Q' }, { pathwayId: 'P' }, { pathwayId: 'X', targetSocs: [] }],
        commitments: [{ pathwayId: null }],
      },
    ],
    [
      'sorted by code unit',
      ['E P', 'E Z', 'E p', 'F P'],
      {
        pathways: [{ pathwayId: 'p' }, { pathwayId: 'Z' }, { pathwayId: 'P' }],
        evidence: [{ employerId: 'F' }, { pathwayId: 'p' }, { pathwayId: 'Z' }, { pathwayId: 'P' }],
      },
    ],
  ])('%s: %j', (_title, expected, draft) => {
    expect(pairs(draft)).toEqual(expected);
  });

  test('only where asked', () => {
    const draft = { evidence: [{}, { employerId: 'F' }] };
    expect(pairs(draft, (employerId) => employerId === 'F')).toEqual(['F P']);
  });
});

describe('reach of an institution that declares none is its commuting zone', () => {
  const zones = new Map([
    ['21193', 'hazard'],
    ['21195', 'hazard'],
    ['21111', 'louisville'],
    ['hazard', 'elsewhere'],
  ]);
  const stamped = (institutionCounty: string, requirementCounty: string): boolean => {
    const network = aNetwork({
      sites: [{ countyFips: requirementCounty }],
      institutions: [{ countyFips: institutionCounty }],
      requirements: [{ soc: '11-1011', recordedOn: daysAgo(800) }],
      versions: [{ adoptedOn: daysAgo(700) }],
      evidence: [{}],
    });
    const [result] = assessPartnerships(network, {
      asOf: TODAY,
      commutingZoneOf: (county) => zones.get(county) ?? null,
    });
    return result?.flags.some((flag) => flag.code === 'rubber-stamp') ?? false;
  };
  test.each([
    ['its own county', '21193', '21193', true],
    ['a county of its zone', '21193', '21195', true],
    ['a county of another zone', '21193', '21111', false],
    ['an unknown county and itself', '99999', '99999', true],
    ['two unknown counties', '99999', '99998', false],
    ['an unknown county that is called like a zone', '21193', 'elsewhere', false],
  ])('%s', (_title, institution, requirement, expected) => {
    expect(stamped(institution, requirement)).toBe(expected);
  });
});
