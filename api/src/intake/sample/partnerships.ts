import type { CommitmentKind } from '@throughway/vocabulary/network';
import type { EmployerKey } from './employers.js';
import type { PathwayKey } from './pathways.js';
import type { StoryKey } from './stories.js';

/** One employer at one pathway's table. A promise that does not name the pathway is open to any that trains for the job. */
export interface SamplePartnership {
  employer: EmployerKey;
  pathway: PathwayKey;
  story: StoryKey;
  /** Seats or interviews promised, when the story holds a promise. */
  seats?: number;
  kind?: CommitmentKind;
  anyPathway?: boolean;
}

export const PARTNERSHIPS: SamplePartnership[] = [
  { employer: 'hollow-hospital', pathway: 'hollow-nursing', story: 'co-owning', seats: 9 },
  { employer: 'hollow-hospital', pathway: 'hollow-medical-assisting', story: 'clinical' },
  { employer: 'laurel-nursing', pathway: 'hollow-nursing', story: 'interviews', seats: 6 },
  { employer: 'creek-clinic', pathway: 'hollow-medical-assisting', story: 'contributing' },
  {
    employer: 'valley-cooperative',
    pathway: 'hollow-line-work',
    story: 'co-owning',
    kind: 'apprenticeship-entry',
    seats: 10,
    anyPathway: true,
  },
  { employer: 'highline-contractors', pathway: 'hollow-line-work', story: 'recovered', seats: 6 },
  // It praised a program that had been adopted before anybody asked it what it needs.
  { employer: 'benchland-excavating', pathway: 'hollow-heavy-equipment', story: 'advisory' },
  { employer: 'slope-reclamation', pathway: 'hollow-heavy-equipment', story: 'fresh', seats: 2 },
  { employer: 'holler-help-desk', pathway: 'hollow-computer-support', story: 'untested', seats: 4 },
  { employer: 'ridgeline-fiber', pathway: 'hollow-computer-support', story: 'supportive' },
  // Both told the welding program what they need, years ago and in writing; neither has been asked to do more than attend.
  { employer: 'fork-fabrication', pathway: 'fork-welding', story: 'advisory' },
  { employer: 'foothill-boiler', pathway: 'fork-welding', story: 'advisory' },
  { employer: 'summit-medical', pathway: 'fork-phlebotomy', story: 'advisory' },
  { employer: 'branch-laboratory', pathway: 'fork-phlebotomy', story: 'dormant' },
  { employer: 'summit-medical', pathway: 'summit-pharmacy', story: 'unconfirmed' },
  { employer: 'fork-pharmacy', pathway: 'summit-pharmacy', story: 'hosting' },
  { employer: 'summit-diesel', pathway: 'summit-diesel', story: 'committed', seats: 5 },
  { employer: 'long-haul', pathway: 'summit-diesel', story: 'hires' },
  { employer: 'bottomland-plastics', pathway: 'fork-maintenance', story: 'called', seats: 4 },
  { employer: 'foothill-packaging', pathway: 'fork-maintenance', story: 'mentoring' },
  { employer: 'gap-heating', pathway: 'gap-hvac', story: 'dormant' },
  { employer: 'pinnacle-mechanical', pathway: 'gap-hvac', story: 'slipping' },
  { employer: 'lantern-media', pathway: 'gap-web-design', story: 'advisory' },
  { employer: 'sprout-learning', pathway: 'corners-early-childhood', story: 'hosting' },
  { employer: 'redbud-preschool', pathway: 'corners-early-childhood', story: 'advisory' },
  { employer: 'corners-medical', pathway: 'corners-medical-office', story: 'advisory' },

  {
    employer: 'ridge-machining',
    pathway: 'falls-machining',
    story: 'co-owning',
    kind: 'apprenticeship-entry',
    seats: 9,
  },
  { employer: 'overlook-aerospace', pathway: 'falls-machining', story: 'hosting' },
  { employer: 'meadow-gear', pathway: 'falls-machining', story: 'supportive' },
  { employer: 'meadow-gear', pathway: 'falls-maintenance', story: 'advisory' },
  { employer: 'parkside-appliance', pathway: 'falls-maintenance', story: 'broken', seats: 8 },
  { employer: 'copper-distilling', pathway: 'falls-maintenance', story: 'untested', kind: 'direct-hire', seats: 5 },
  { employer: 'parkside-appliance', pathway: 'knob-logistics', story: 'advisory' },
  { employer: 'falls-medical', pathway: 'falls-surgical', story: 'committed', seats: 7 },
  { employer: 'falls-medical', pathway: 'parkway-nurse-aide', story: 'interviews', seats: 12 },
  { employer: 'falls-medical', pathway: 'falls-medical-assisting', story: 'advisory' },
  { employer: 'parkway-surgery', pathway: 'falls-surgical', story: 'clinical' },
  { employer: 'oak-senior-living', pathway: 'parkway-nurse-aide', story: 'committed', seats: 7, anyPathway: true },
  { employer: 'riverfront-banking', pathway: 'falls-cybersecurity', story: 'advisory' },
  { employer: 'riverfront-banking', pathway: 'parkway-computer-support', story: 'mentoring' },
  { employer: 'shield-security', pathway: 'falls-cybersecurity', story: 'supportive' },
  { employer: 'bridge-services', pathway: 'parkway-computer-support', story: 'first-look', seats: 5 },
  { employer: 'knob-distribution', pathway: 'knob-logistics', story: 'advisory' },
  { employer: 'knob-distribution', pathway: 'knob-truck-driving', story: 'fresh', seats: 6 },
  { employer: 'crossroads-freight', pathway: 'knob-truck-driving', story: 'broken', seats: 12 },
  {
    employer: 'current-electric',
    pathway: 'knob-electrical',
    story: 'co-owning',
    kind: 'apprenticeship-entry',
    seats: 10,
  },
  { employer: 'meadow-panelworks', pathway: 'knob-electrical', story: 'slipping' },
  { employer: 'bend-family-medicine', pathway: 'falls-medical-assisting', story: 'hosting' },
  { employer: 'meadow-steel', pathway: 'meadow-welding', story: 'waiting', kind: 'conditional-offer', seats: 6 },
  { employer: 'wharf-marine', pathway: 'meadow-welding', story: 'recovered', seats: 5 },
  { employer: 'comfort-mechanical', pathway: 'meadow-hvac', story: 'advisory' },
  { employer: 'skyline-heating', pathway: 'meadow-hvac', story: 'recorded-late' },
  { employer: 'timberline-builders', pathway: 'falls-carpentry', story: 'hires' },
  { employer: 'plumb-level-framing', pathway: 'falls-carpentry', story: 'advisory' },
  { employer: 'bright-start', pathway: 'parkway-early-childhood', story: 'unpaid-host' },

  // Advisers by habit: they sit on a second program's board and have never said what they would need from it.
  { employer: 'bottomland-plastics', pathway: 'fork-welding', story: 'advisory' },
  { employer: 'hollow-hospital', pathway: 'hollow-computer-support', story: 'supportive' },
  { employer: 'laurel-nursing', pathway: 'hollow-medical-assisting', story: 'advisory' },
  { employer: 'summit-medical', pathway: 'fork-maintenance', story: 'dormant' },
  { employer: 'ridge-machining', pathway: 'falls-maintenance', story: 'advisory' },
  { employer: 'oak-senior-living', pathway: 'falls-medical-assisting', story: 'advisory' },
  { employer: 'current-electric', pathway: 'meadow-hvac', story: 'supportive' },
  { employer: 'copper-distilling', pathway: 'knob-logistics', story: 'supportive' },
];
