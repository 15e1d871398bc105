import type { Level } from '@throughway/vocabulary/network';
import type { InstitutionKey } from './institutions.js';
import type { CredentialKey, SkillKey } from './skills.js';
import type { Term } from './term-dates.js';
import type { TradeKey, TradeUnit } from './trades.js';

/** A program of the sample. Where nothing else is said it teaches its trade whole, awards what the trade asks, and its teachers are current. */
export interface SamplePathway {
  at: InstitutionKey;
  trade: TradeKey;
  completers: number;
  terms: Term[];
  /** Completed cohorts that the sample remembers; 0 when left out. */
  past?: number;
  /** Cohorts beyond the next one of each term; 0 when left out. */
  planned?: number;
  /** When its curricula were adopted, days before the as-of date, oldest first. */
  adoptedDaysAgo: number[];
  untaught?: SkillKey[];
  weak?: Partial<Record<SkillKey, Level>>;
  extraUnits?: TradeUnit[];
  notAwarded?: CredentialKey[];
  alsoAwarded?: CredentialKey[];
  /** Skills that nobody on the staff has practiced in industry for over three years. */
  lapsed?: SkillKey[];
}

export const PATHWAYS = {
  // The college's strongest partnerships: seats promised by the hospital and the utility, and kept.
  'hollow-nursing': {
    at: 'hollow',
    trade: 'practical-nursing',
    completers: 16,
    terms: ['spring'],
    past: 3,
    planned: 1,
    adoptedDaysAgo: [1500, 420],
  },
  'hollow-line-work': {
    at: 'hollow',
    trade: 'line-work',
    completers: 10,
    terms: ['spring', 'winter'],
    past: 4,
    adoptedDaysAgo: [1480, 390],
  },
  // Good and not perfect: patients are roomed under supervision only, and one clinic wants blood drawn alone.
  'hollow-medical-assisting': {
    at: 'hollow',
    trade: 'medical-assisting',
    completers: 12,
    terms: ['spring'],
    adoptedDaysAgo: [1400, 510],
    weak: { rooming: 2 },
  },
  // Built outward: the simulators came with a grant, the program was adopted, and only then did anybody write down a need.
  'hollow-heavy-equipment': {
    at: 'hollow',
    trade: 'heavy-equipment',
    completers: 14,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [480],
    weak: { excavator: 2 },
  },
  // An empty highway with nothing wrong in the classroom: fifteen technicians a year for five desks.
  'hollow-computer-support': {
    at: 'hollow',
    trade: 'computer-support',
    completers: 15,
    terms: ['spring'],
    past: 1,
    planned: 1,
    adoptedDaysAgo: [1450, 460],
  },
  'fork-maintenance': {
    at: 'fork',
    trade: 'maintenance',
    completers: 16,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1420, 530],
    weak: { hydraulics: 2 },
  },
  // It teaches the welding that its shop was wired for in another decade; both fabricators ask for wire and for a qualification it does not test.
  'fork-welding': {
    at: 'fork',
    trade: 'welding',
    completers: 16,
    terms: ['spring'],
    past: 1,
    planned: 1,
    adoptedDaysAgo: [1500, 440],
    untaught: ['fcaw', 'gmaw', 'gtaw'],
    weak: { 'weld-symbols': 2 },
    notAwarded: ['aws-d1-1'],
  },
  // Cheap to run and popular: twenty-eight certificates a year where the whole area has about eleven openings.
  'fork-phlebotomy': {
    at: 'fork',
    trade: 'phlebotomy',
    completers: 14,
    terms: ['spring', 'winter'],
    past: 1,
    adoptedDaysAgo: [1300, 490],
  },
  'summit-diesel': {
    at: 'summit',
    trade: 'diesel',
    completers: 10,
    terms: ['spring'],
    past: 2,
    adoptedDaysAgo: [1390, 410],
    weak: { 'air-brakes': 2 },
  },
  // Taught well enough to fill seats, by teachers who left the counter four years ago.
  'summit-pharmacy': {
    at: 'summit',
    trade: 'pharmacy-technology',
    completers: 9,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1350, 520],
    lapsed: ['prescription-processing', 'pharmacy-law'],
  },
  // No road at all: nobody within reach asks for it and the area's outlook lists no openings.
  'gap-web-design': {
    at: 'gap',
    trade: 'web-design',
    completers: 11,
    terms: ['spring'],
    past: 1,
    planned: 1,
    adoptedDaysAgo: [560],
  },
  // There was demand once; both requirements have passed their review date.
  'gap-hvac': {
    at: 'gap',
    trade: 'hvac',
    completers: 10,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1380, 450],
  },
  // One of its two employers hires nobody without an associate credential that the program leaves for later.
  'corners-early-childhood': {
    at: 'corners',
    trade: 'early-childhood',
    completers: 12,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1410, 470],
    notAwarded: ['cda'],
  },
  // The certificate that it pays for is one that no clinic asks for.
  'corners-medical-office': {
    at: 'corners',
    trade: 'medical-office',
    completers: 12,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1360, 500],
    notAwarded: ['cmaa'],
    alsoAwarded: ['office-specialist'],
    extraUnits: [{ name: 'Office software', hours: 90, skills: { 'word-processing': 3, 'slide-decks': 3 } }],
  },

  // Louisville: more employers within reach, so more ways to be right.
  'falls-machining': {
    at: 'falls',
    trade: 'machining',
    completers: 16,
    terms: ['spring', 'winter'],
    past: 4,
    planned: 1,
    adoptedDaysAgo: [1490, 380],
  },
  'falls-maintenance': {
    at: 'falls',
    trade: 'maintenance',
    completers: 18,
    terms: ['spring', 'winter'],
    past: 2,
    adoptedDaysAgo: [1440, 400],
    weak: { 'mechanical-drives': 2 },
  },
  'falls-surgical': {
    at: 'falls',
    trade: 'surgical-technology',
    completers: 14,
    terms: ['spring'],
    past: 2,
    adoptedDaysAgo: [1460, 430],
    weak: { 'surgical-counts': 2 },
  },
  // A fine-sounding degree: half of a security desk's day-one list is missing, and one of its two certifications.
  'falls-cybersecurity': {
    at: 'falls',
    trade: 'cybersecurity',
    completers: 20,
    terms: ['spring'],
    past: 1,
    planned: 1,
    adoptedDaysAgo: [600],
    untaught: ['log-analysis', 'cloud-security', 'identity-access'],
    weak: { 'incident-response': 1 },
    notAwarded: ['cysa-plus'],
    lapsed: ['log-analysis', 'incident-response'],
  },
  'falls-medical-assisting': {
    at: 'falls',
    trade: 'medical-assisting',
    completers: 15,
    terms: ['spring'],
    planned: 1,
    adoptedDaysAgo: [1370, 415],
  },
  // A good program that lost half its seats on paper: a requirement was not reviewed in time.
  'falls-carpentry': {
    at: 'falls',
    trade: 'carpentry',
    completers: 14,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1400, 445],
  },
  'parkway-computer-support': {
    at: 'parkway',
    trade: 'computer-support',
    completers: 14,
    terms: ['spring'],
    planned: 1,
    adoptedDaysAgo: [1430, 425],
    weak: { ticketing: 2 },
  },
  'parkway-nurse-aide': {
    at: 'parkway',
    trade: 'nurse-aide',
    completers: 20,
    terms: ['spring'],
    past: 2,
    adoptedDaysAgo: [1340, 455],
    weak: { transfers: 2 },
  },
  'parkway-early-childhood': {
    at: 'parkway',
    trade: 'early-childhood',
    completers: 12,
    terms: ['spring'],
    adoptedDaysAgo: [1320, 505],
    weak: { 'classroom-guidance': 2 },
  },
  'knob-truck-driving': {
    at: 'knob',
    trade: 'truck-driving',
    completers: 12,
    terms: ['spring', 'summer', 'winter'],
    past: 3,
    adoptedDaysAgo: [1330, 370],
    weak: { coupling: 2 },
  },
  // Every seat is filled; a third of the hours and one certificate serve nobody in reach.
  'knob-logistics': {
    at: 'knob',
    trade: 'logistics',
    completers: 13,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1310, 465],
    notAwarded: ['forklift-card', 'logistics-associate'],
    alsoAwarded: ['office-specialist'],
    extraUnits: [
      { name: 'Business documents', hours: 60, skills: { 'word-processing': 3 } },
      { name: 'Presentations', hours: 45, skills: { 'slide-decks': 2 } },
    ],
  },
  'knob-electrical': {
    at: 'knob',
    trade: 'electrical',
    completers: 14,
    terms: ['spring'],
    past: 3,
    planned: 1,
    adoptedDaysAgo: [1470, 435],
  },
  // Strong, and one card short: the bridge shop’s code is a different test from the one that it gives.
  'meadow-welding': {
    at: 'meadow',
    trade: 'welding',
    completers: 14,
    terms: ['spring'],
    past: 2,
    planned: 1,
    adoptedDaysAgo: [1395, 405],
  },
  // The heat pumps changed; the last teacher to have installed one did so four years ago.
  'meadow-hvac': {
    at: 'meadow',
    trade: 'hvac',
    completers: 12,
    terms: ['spring'],
    past: 1,
    adoptedDaysAgo: [1385, 475],
    lapsed: ['heat-pumps', 'hvac-controls'],
  },
} as const satisfies Record<string, SamplePathway>;

export type PathwayKey = keyof typeof PATHWAYS;

/** A pathway by its key, under the common shape. */
export function pathwayOf(key: PathwayKey): SamplePathway {
  return PATHWAYS[key];
}
