import type { Level } from '@throughway/vocabulary/network';
import type { CredentialKey, SkillKey } from './skills.js';
import type { TradeKey } from './trades.js';

/** One role that an employer says it needs. Days are counted from the as-of date. */
export interface Need {
  trade: TradeKey;
  headcount: number;
  recordedDaysAgo: number;
  /** Days until it must be reviewed; negative = it is stale. Left out = half a year to a year ahead. */
  reviewInDays?: number;
  /** Day-one levels above what the trade usually asks, or of skills that it usually leaves for later. */
  insistsOn?: Partial<Record<SkillKey, Level>>;
  /** Credentials that it requires beyond what the trade usually asks. */
  alsoRequires?: CredentialKey[];
  /** The job is at the employer's second site. */
  atSecondSite?: boolean;
}

/** An invented employer in a real county. */
export interface SampleEmployer {
  name: string;
  naics: string;
  countyFips: string;
  /** The county of a second site. */
  alsoIn?: string;
  needs: Need[];
}

/** NAICS 2022 codes; every name is invented and says so. */
export const EMPLOYERS = {
  // Around Perry County
  'hollow-hospital': {
    name: 'Sample Hollow Regional Hospital',
    naics: '622110',
    countyFips: '21193',
    alsoIn: '21025',
    needs: [
      { trade: 'practical-nursing', headcount: 10, recordedDaysAgo: 1040 },
      { trade: 'medical-assisting', headcount: 8, recordedDaysAgo: 940 },
    ],
  },
  'laurel-nursing': {
    name: 'Sample Laurel Nursing & Rehabilitation',
    naics: '623110',
    countyFips: '21133',
    needs: [{ trade: 'practical-nursing', headcount: 8, recordedDaysAgo: 870 }],
  },
  'creek-clinic': {
    name: 'Sample Creek Family Clinic',
    naics: '621111',
    countyFips: '21119',
    needs: [{ trade: 'medical-assisting', headcount: 6, recordedDaysAgo: 760, insistsOn: { venipuncture: 3 } }],
  },
  'valley-cooperative': {
    name: 'Sample Valley Electric Cooperative',
    naics: '221122',
    countyFips: '21025',
    needs: [{ trade: 'line-work', headcount: 12, recordedDaysAgo: 1010 }],
  },
  'highline-contractors': {
    name: 'Sample Highline Contractors',
    naics: '237130',
    countyFips: '21193',
    needs: [{ trade: 'line-work', headcount: 12, recordedDaysAgo: 700 }],
  },
  // Both excavating firms wrote down what they need only after the college had adopted its program.
  'benchland-excavating': {
    name: 'Sample Benchland Excavating',
    naics: '238910',
    countyFips: '21193',
    needs: [{ trade: 'heavy-equipment', headcount: 6, recordedDaysAgo: 260 }],
  },
  'slope-reclamation': {
    name: 'Sample Slope Reclamation',
    naics: '562910',
    countyFips: '21131',
    needs: [{ trade: 'heavy-equipment', headcount: 4, recordedDaysAgo: 200 }],
  },
  'holler-help-desk': {
    name: 'Sample Holler Help Desk',
    naics: '541513',
    countyFips: '21193',
    needs: [{ trade: 'computer-support', headcount: 3, recordedDaysAgo: 820 }],
  },
  'ridgeline-fiber': {
    name: 'Sample Ridgeline Fiber Cooperative',
    naics: '517111',
    countyFips: '21133',
    needs: [{ trade: 'computer-support', headcount: 2, recordedDaysAgo: 610 }],
  },
  // Around Floyd and Pike counties
  'fork-fabrication': {
    name: 'Sample Fork Metal Fabrication',
    naics: '332312',
    countyFips: '21071',
    needs: [{ trade: 'welding', headcount: 6, recordedDaysAgo: 980 }],
  },
  'foothill-boiler': {
    name: 'Sample Foothill Pipe & Boiler Works',
    naics: '332410',
    countyFips: '21115',
    needs: [{ trade: 'welding', headcount: 5, recordedDaysAgo: 640, insistsOn: { gtaw: 3 } }],
  },
  'summit-medical': {
    name: 'Sample Summit Medical Center',
    naics: '622110',
    countyFips: '21195',
    needs: [
      { trade: 'phlebotomy', headcount: 5, recordedDaysAgo: 900 },
      { trade: 'pharmacy-technology', headcount: 5, recordedDaysAgo: 900 },
    ],
  },
  'branch-laboratory': {
    name: 'Sample Branch Laboratory Services',
    naics: '621511',
    countyFips: '21071',
    needs: [{ trade: 'phlebotomy', headcount: 3, recordedDaysAgo: 520 }],
  },
  'fork-pharmacy': {
    name: 'Sample Fork Community Pharmacy',
    naics: '456110',
    countyFips: '21071',
    needs: [{ trade: 'pharmacy-technology', headcount: 5, recordedDaysAgo: 840 }],
  },
  'summit-diesel': {
    name: 'Sample Summit Diesel & Fleet',
    naics: '811111',
    countyFips: '21159',
    needs: [{ trade: 'diesel', headcount: 5, recordedDaysAgo: 950 }],
  },
  'long-haul': {
    name: 'Sample Long Haul Trucking',
    naics: '484121',
    countyFips: '21195',
    needs: [{ trade: 'diesel', headcount: 4, recordedDaysAgo: 720 }],
  },
  'bottomland-plastics': {
    name: 'Sample Bottomland Plastics',
    naics: '326199',
    countyFips: '21127',
    needs: [{ trade: 'maintenance', headcount: 8, recordedDaysAgo: 1030 }],
  },
  'foothill-packaging': {
    name: 'Sample Foothill Packaging',
    naics: '322211',
    countyFips: '21115',
    needs: [{ trade: 'maintenance', headcount: 6, recordedDaysAgo: 690, insistsOn: { plc: 3 } }],
  },
  // Around Harlan and Bell counties: nobody has looked at these two requirements again.
  'gap-heating': {
    name: 'Sample Gap Heating & Air',
    naics: '238220',
    countyFips: '21095',
    needs: [{ trade: 'hvac', headcount: 5, recordedDaysAgo: 1020, reviewInDays: -75 }],
  },
  'pinnacle-mechanical': {
    name: 'Sample Pinnacle Mechanical',
    naics: '238220',
    countyFips: '21013',
    needs: [{ trade: 'hvac', headcount: 4, recordedDaysAgo: 800, reviewInDays: -20 }],
  },
  'lantern-media': { name: 'Sample Lantern Media', naics: '513120', countyFips: '21013', needs: [] },
  // Around Knox County
  'sprout-learning': {
    name: 'Sample Sprout Early Learning',
    naics: '624410',
    countyFips: '21121',
    needs: [{ trade: 'early-childhood', headcount: 7, recordedDaysAgo: 930 }],
  },
  'redbud-preschool': {
    name: 'Sample Redbud Preschool',
    naics: '624410',
    countyFips: '21051',
    needs: [{ trade: 'early-childhood', headcount: 6, recordedDaysAgo: 540, alsoRequires: ['cda'] }],
  },
  'corners-medical': {
    name: 'Sample Corners Medical Group',
    naics: '621111',
    countyFips: '21121',
    needs: [{ trade: 'medical-office', headcount: 9, recordedDaysAgo: 900 }],
  },
  // Louisville and the counties around it
  'ridge-machining': {
    name: 'Sample Ridge Precision Machining',
    naics: '332710',
    countyFips: '21111',
    needs: [{ trade: 'machining', headcount: 12, recordedDaysAgo: 1045 }],
  },
  'overlook-aerospace': {
    name: 'Sample Overlook Aerospace Components',
    naics: '336413',
    countyFips: '21111',
    needs: [{ trade: 'machining', headcount: 10, recordedDaysAgo: 800, insistsOn: { gdt: 3 } }],
  },
  'meadow-gear': {
    name: 'Sample Meadow Gear Works',
    naics: '333612',
    countyFips: '21211',
    needs: [
      { trade: 'machining', headcount: 6, recordedDaysAgo: 730 },
      { trade: 'maintenance', headcount: 6, recordedDaysAgo: 730 },
    ],
  },
  'parkside-appliance': {
    name: 'Sample Parkside Appliance Assembly',
    naics: '335220',
    countyFips: '21111',
    alsoIn: '21029',
    needs: [{ trade: 'maintenance', headcount: 18, recordedDaysAgo: 1000 }],
  },
  'copper-distilling': {
    name: 'Sample Copper Distilling',
    naics: '312140',
    countyFips: '21111',
    needs: [{ trade: 'maintenance', headcount: 8, recordedDaysAgo: 560 }],
  },
  'falls-medical': {
    name: 'Sample Falls Medical Center',
    naics: '622110',
    countyFips: '21111',
    alsoIn: '21185',
    needs: [
      { trade: 'surgical-technology', headcount: 8, recordedDaysAgo: 1020 },
      { trade: 'nurse-aide', headcount: 9, recordedDaysAgo: 1020 },
      { trade: 'medical-assisting', headcount: 10, recordedDaysAgo: 860, atSecondSite: true },
    ],
  },
  'parkway-surgery': {
    name: 'Sample Parkway Surgery Center',
    naics: '621493',
    countyFips: '21111',
    needs: [{ trade: 'surgical-technology', headcount: 4, recordedDaysAgo: 650 }],
  },
  'oak-senior-living': {
    name: 'Sample Oak Senior Living',
    naics: '623312',
    countyFips: '21111',
    needs: [{ trade: 'nurse-aide', headcount: 8, recordedDaysAgo: 910 }],
  },
  // Two security teams that were first asked what they need after the degree had been adopted.
  'riverfront-banking': {
    name: 'Sample Riverfront Banking Technology',
    naics: '522110',
    countyFips: '21111',
    needs: [
      { trade: 'cybersecurity', headcount: 4, recordedDaysAgo: 330 },
      { trade: 'computer-support', headcount: 6, recordedDaysAgo: 770 },
    ],
  },
  'shield-security': {
    name: 'Sample Shield Managed Security',
    naics: '541512',
    countyFips: '21111',
    needs: [{ trade: 'cybersecurity', headcount: 5, recordedDaysAgo: 280, insistsOn: { 'cloud-security': 3 } }],
  },
  'bridge-services': {
    name: 'Sample Bridge IT Services',
    naics: '541513',
    countyFips: '21111',
    needs: [{ trade: 'computer-support', headcount: 9, recordedDaysAgo: 880 }],
  },
  'knob-distribution': {
    name: 'Sample Knob Distribution Center',
    naics: '493110',
    countyFips: '21029',
    needs: [
      { trade: 'logistics', headcount: 14, recordedDaysAgo: 990 },
      { trade: 'truck-driving', headcount: 10, recordedDaysAgo: 620 },
    ],
  },
  'crossroads-freight': {
    name: 'Sample Crossroads Freight',
    naics: '484122',
    countyFips: '21029',
    needs: [{ trade: 'truck-driving', headcount: 22, recordedDaysAgo: 960 }],
  },
  'current-electric': {
    name: 'Sample Current Electric',
    naics: '238210',
    countyFips: '21111',
    needs: [{ trade: 'electrical', headcount: 12, recordedDaysAgo: 1005 }],
  },
  'meadow-panelworks': {
    name: 'Sample Meadow Panelworks',
    naics: '335313',
    countyFips: '21211',
    needs: [{ trade: 'electrical', headcount: 8, recordedDaysAgo: 590 }],
  },
  'bend-family-medicine': {
    name: 'Sample Bend Family Medicine',
    naics: '621111',
    countyFips: '21185',
    needs: [{ trade: 'medical-assisting', headcount: 7, recordedDaysAgo: 830, insistsOn: { ekg: 3 } }],
  },
  'meadow-steel': {
    name: 'Sample Meadow Steel Structures',
    naics: '332312',
    countyFips: '21211',
    needs: [{ trade: 'welding', headcount: 10, recordedDaysAgo: 970 }],
  },
  'wharf-marine': {
    name: 'Sample Wharf Bridge & Marine Fabrication',
    naics: '336611',
    countyFips: '21111',
    needs: [{ trade: 'welding', headcount: 9, recordedDaysAgo: 710, alsoRequires: ['aws-d1-5'] }],
  },
  'comfort-mechanical': {
    name: 'Sample Comfort Mechanical',
    naics: '238220',
    countyFips: '21211',
    needs: [{ trade: 'hvac', headcount: 5, recordedDaysAgo: 850 }],
  },
  'skyline-heating': {
    name: 'Sample Skyline Heating & Cooling',
    naics: '238220',
    countyFips: '21111',
    needs: [{ trade: 'hvac', headcount: 6, recordedDaysAgo: 600 }],
  },
  'timberline-builders': {
    name: 'Sample Timberline Builders',
    naics: '236115',
    countyFips: '21185',
    needs: [{ trade: 'carpentry', headcount: 6, recordedDaysAgo: 940 }],
  },
  // Half of the carpentry seats went out of date with this firm's paper.
  'plumb-level-framing': {
    name: 'Sample Plumb & Level Framing',
    naics: '238130',
    countyFips: '21111',
    needs: [{ trade: 'carpentry', headcount: 8, recordedDaysAgo: 480, reviewInDays: -110 }],
  },
  'bright-start': {
    name: 'Sample Bright Start Learning',
    naics: '624410',
    countyFips: '21111',
    needs: [{ trade: 'early-childhood', headcount: 10, recordedDaysAgo: 890 }],
  },
} as const satisfies Record<string, SampleEmployer>;

export type EmployerKey = keyof typeof EMPLOYERS;

/** An employer by its key, under the common shape. */
export function employerOf(key: EmployerKey): SampleEmployer {
  return EMPLOYERS[key];
}
