import type { Level } from '@throughway/vocabulary/network';
import type { CredentialKey, SkillKey } from './skills.js';

/** One block of a curriculum: its teaching hours, and the level to which it brings each skill. */
export interface TradeUnit {
  name: string;
  hours: number;
  skills: Partial<Record<SkillKey, Level>>;
}

/** An occupation as the sample's employers ask for it and its schools teach it. Every skill is a day-one skill unless `later` says otherwise. */
export interface Trade {
  soc: string;
  /** Other occupations that the same training opens. */
  relatedSocs?: string[];
  cip: string;
  /** What an employer calls the job. */
  job: string;
  /** What a school calls the program. */
  program: string;
  units: TradeUnit[];
  later: Partial<Record<SkillKey, 'trainable' | 'preferred'>>;
  required: CredentialKey[];
  preferred: CredentialKey[];
}

/** SOC 2018 and CIP 2020 codes; the levels are plausible for an entrant, not measured. */
export const TRADES = {
  welding: {
    soc: '51-4121',
    cip: '48.0508',
    job: 'Structural welder',
    program: 'Welding Technology',
    units: [
      { name: 'Shop safety and cutting', hours: 60, skills: { 'shop-safety': 2, 'thermal-cutting': 3 } },
      { name: 'Shielded metal arc', hours: 180, skills: { smaw: 3 } },
      { name: 'Wire-fed processes', hours: 160, skills: { gmaw: 3, fcaw: 3 } },
      {
        name: 'Drawings and inspection',
        hours: 90,
        skills: { 'weld-symbols': 3, 'print-reading': 2, 'weld-inspection': 2 },
      },
      { name: 'Tungsten arc and pipe', hours: 120, skills: { gtaw: 2 } },
    ],
    later: { gtaw: 'preferred', 'weld-inspection': 'trainable' },
    required: ['aws-d1-1'],
    preferred: ['osha-10-general'],
  },
  machining: {
    soc: '51-4041',
    relatedSocs: ['51-9162'],
    cip: '48.0501',
    job: 'CNC machinist',
    program: 'Computer-Controlled Machining',
    units: [
      { name: 'Bench work and measurement', hours: 90, skills: { 'precision-measurement': 3, 'shop-safety': 2 } },
      { name: 'Manual machining', hours: 150, skills: { 'manual-machining': 2 } },
      { name: 'Drawings and tolerances', hours: 80, skills: { 'print-reading': 3, gdt: 2 } },
      { name: 'CNC operation', hours: 160, skills: { 'cnc-operation': 3, 'g-code': 2 } },
      { name: 'CNC setup', hours: 140, skills: { 'cnc-setup': 3 } },
      { name: 'Toolpaths', hours: 80, skills: { cam: 2 } },
    ],
    later: { cam: 'preferred', 'manual-machining': 'trainable' },
    required: ['nims-measurement'],
    preferred: ['nims-cnc'],
  },
  maintenance: {
    soc: '49-9041',
    cip: '47.0303',
    job: 'Industrial maintenance technician',
    program: 'Industrial Maintenance Technology',
    units: [
      { name: 'Safety and energy control', hours: 50, skills: { lockout: 3, 'shop-safety': 2 } },
      { name: 'Mechanical drives', hours: 130, skills: { 'mechanical-drives': 3, 'shaft-alignment': 2 } },
      { name: 'Fluid power', hours: 110, skills: { hydraulics: 3 } },
      { name: 'Motors and controls', hours: 160, skills: { 'motor-control': 3, 'electrical-troubleshooting': 3 } },
      { name: 'Programmable controllers', hours: 140, skills: { plc: 2 } },
      { name: 'Condition monitoring', hours: 50, skills: { 'predictive-maintenance': 2 } },
    ],
    later: { 'predictive-maintenance': 'preferred', 'shaft-alignment': 'trainable' },
    required: ['osha-10-general'],
    preferred: ['smrp-cmrt'],
  },
  'line-work': {
    soc: '49-9051',
    cip: '46.0303',
    job: 'Apprentice line worker',
    program: 'Electrical Line Work',
    units: [
      { name: 'Climbing school', hours: 160, skills: { 'pole-climbing': 3, 'bucket-rescue': 2 } },
      { name: 'Overhead construction', hours: 180, skills: { 'line-construction': 2, 'line-rigging': 2 } },
      { name: 'Electrical theory and protection', hours: 120, skills: { grounding: 3, transformers: 2 } },
      { name: 'Line truck driving', hours: 100, skills: { 'commercial-driving': 3 } },
    ],
    later: { transformers: 'trainable' },
    required: ['cdl-a', 'climbing-certificate'],
    preferred: ['osha-10-construction', 'first-aid-cpr'],
  },
  hvac: {
    soc: '49-9021',
    cip: '47.0201',
    job: 'Heating and cooling technician',
    program: 'Heating and Air Conditioning Technology',
    units: [
      {
        name: 'Refrigeration',
        hours: 150,
        skills: { 'refrigeration-cycle': 3, 'refrigerant-handling': 3, brazing: 2 },
      },
      { name: 'Electricity and controls', hours: 130, skills: { 'electrical-troubleshooting': 3, 'hvac-controls': 2 } },
      { name: 'Heat pumps', hours: 110, skills: { 'heat-pumps': 3 } },
      { name: 'Air distribution', hours: 80, skills: { airflow: 2 } },
      { name: 'In the customer’s house', hours: 30, skills: { 'customer-communication': 2 } },
    ],
    later: { airflow: 'trainable', 'customer-communication': 'preferred' },
    required: ['epa-608'],
    preferred: ['osha-10-construction'],
  },
  diesel: {
    soc: '49-3031',
    cip: '47.0605',
    job: 'Diesel technician',
    program: 'Diesel Technology',
    units: [
      { name: 'Inspection and maintenance', hours: 90, skills: { 'preventive-maintenance': 3, 'shop-safety': 2 } },
      { name: 'Brakes and drivetrain', hours: 150, skills: { 'air-brakes': 3, drivetrain: 2 } },
      { name: 'Engines', hours: 180, skills: { 'diesel-engines': 2, 'emission-systems': 2 } },
      { name: 'Electronics and hydraulics', hours: 130, skills: { 'vehicle-electronics': 2, hydraulics: 2 } },
    ],
    later: { 'emission-systems': 'trainable', hydraulics: 'preferred' },
    required: ['ase-entry-diesel'],
    preferred: ['ase-t4'],
  },
  'practical-nursing': {
    soc: '29-2061',
    cip: '51.3901',
    job: 'Licensed practical nurse',
    program: 'Practical Nursing',
    units: [
      {
        name: 'Foundations of care',
        hours: 180,
        skills: { 'vital-signs': 3, 'infection-control': 3, 'wound-care': 3 },
      },
      { name: 'Pharmacology', hours: 150, skills: { 'medication-administration': 3 } },
      { name: 'Adult health and clinicals', hours: 300, skills: { 'patient-assessment': 3, charting: 3 } },
      { name: 'Intravenous therapy', hours: 60, skills: { 'iv-therapy': 2 } },
      { name: 'Leading a hallway', hours: 60, skills: { 'care-coordination': 2 } },
    ],
    later: { 'care-coordination': 'trainable' },
    required: ['lpn-license', 'bls-provider'],
    preferred: [],
  },
  'nurse-aide': {
    soc: '31-1131',
    cip: '51.3902',
    job: 'Nursing assistant',
    program: 'Nursing Assistant',
    units: [
      { name: 'Personal care', hours: 50, skills: { 'daily-living': 3, transfers: 3 } },
      { name: 'Observation and reporting', hours: 35, skills: { 'vital-signs': 2, 'infection-control': 3 } },
      { name: 'Dementia and dignity', hours: 25, skills: { 'dementia-care': 2, privacy: 2 } },
    ],
    later: { 'dementia-care': 'trainable' },
    required: ['nurse-aide-registry'],
    preferred: ['bls-provider'],
  },
  'medical-assisting': {
    soc: '31-9092',
    cip: '51.0801',
    job: 'Medical assistant',
    program: 'Medical Assisting',
    units: [
      { name: 'Patient intake', hours: 90, skills: { rooming: 3, 'vital-signs': 3, privacy: 2 } },
      { name: 'Clinical procedures', hours: 140, skills: { injections: 3, venipuncture: 2, ekg: 2 } },
      { name: 'Infection control', hours: 30, skills: { 'infection-control': 3 } },
      { name: 'Records and insurance', hours: 80, skills: { charting: 3, 'insurance-claims': 2 } },
    ],
    later: { 'insurance-claims': 'trainable' },
    required: ['ccma'],
    preferred: ['bls-provider'],
  },
  phlebotomy: {
    soc: '31-9097',
    cip: '51.1009',
    job: 'Phlebotomist',
    program: 'Phlebotomy',
    units: [
      { name: 'Drawing blood', hours: 70, skills: { venipuncture: 3, 'draw-order': 3, capillary: 2 } },
      { name: 'Specimens and safety', hours: 40, skills: { 'specimen-handling': 3, 'infection-control': 3 } },
      { name: 'Harder draws', hours: 20, skills: { 'pediatric-draws': 2 } },
    ],
    later: { 'pediatric-draws': 'trainable' },
    required: ['cpt'],
    preferred: ['bls-provider'],
  },
  'pharmacy-technology': {
    soc: '29-2052',
    cip: '51.0805',
    job: 'Pharmacy technician',
    program: 'Pharmacy Technology',
    units: [
      { name: 'At the counter', hours: 80, skills: { 'prescription-processing': 3, 'insurance-claims': 2 } },
      { name: 'Law and arithmetic', hours: 90, skills: { 'pharmacy-law': 2, 'dosage-math': 3 } },
      { name: 'Stock and compounding', hours: 70, skills: { 'pharmacy-inventory': 2, 'sterile-compounding': 2 } },
    ],
    later: { 'sterile-compounding': 'preferred' },
    required: [],
    preferred: ['cpht'],
  },
  'surgical-technology': {
    soc: '29-2055',
    cip: '51.0909',
    job: 'Surgical technologist',
    program: 'Surgical Technology',
    units: [
      { name: 'Asepsis', hours: 90, skills: { 'sterile-technique': 3, 'infection-control': 3 } },
      { name: 'Instruments and counts', hours: 110, skills: { instruments: 3, 'surgical-counts': 3 } },
      { name: 'Cases and clinicals', hours: 320, skills: { 'case-setup': 3, 'or-positioning': 2 } },
      { name: 'Robotic cases', hours: 30, skills: { 'robotic-setup': 1 } },
    ],
    later: { 'robotic-setup': 'preferred' },
    required: ['bls-provider'],
    preferred: ['cst'],
  },
  'medical-office': {
    soc: '43-6013',
    cip: '51.0716',
    job: 'Medical office assistant',
    program: 'Medical Office Administration',
    units: [
      { name: 'Front desk', hours: 80, skills: { 'patient-scheduling': 3, 'customer-communication': 3 } },
      { name: 'Records and privacy', hours: 70, skills: { charting: 2, privacy: 3 } },
      {
        name: 'Terms, codes and claims',
        hours: 110,
        skills: { 'medical-terminology': 3, 'insurance-claims': 3, 'medical-coding': 2 },
      },
    ],
    later: { 'medical-coding': 'trainable' },
    required: [],
    preferred: ['cmaa'],
  },
  'computer-support': {
    soc: '15-1232',
    relatedSocs: ['15-1231'],
    cip: '11.1006',
    job: 'Service desk technician',
    program: 'Computer Support',
    units: [
      { name: 'Hardware and desktops', hours: 120, skills: { hardware: 3, 'os-support': 3 } },
      { name: 'Networks', hours: 110, skills: { networking: 2 } },
      { name: 'The service desk', hours: 70, skills: { ticketing: 3, 'customer-communication': 3 } },
      { name: 'Accounts and protection', hours: 80, skills: { 'account-admin': 2, 'security-basics': 2 } },
      { name: 'Automation', hours: 40, skills: { scripting: 1 } },
    ],
    later: { scripting: 'preferred' },
    required: ['a-plus'],
    preferred: ['network-plus'],
  },
  cybersecurity: {
    soc: '15-1212',
    cip: '11.1003',
    job: 'Security operations analyst',
    program: 'Cybersecurity',
    units: [
      { name: 'Networks and hardening', hours: 140, skills: { networking: 3, 'security-basics': 3 } },
      { name: 'Seeing attacks', hours: 120, skills: { 'log-analysis': 3, 'incident-response': 3 } },
      { name: 'Weaknesses and patches', hours: 80, skills: { 'vulnerability-management': 3 } },
      { name: 'Identity and cloud', hours: 100, skills: { 'identity-access': 3, 'cloud-security': 2 } },
      { name: 'Scripting and frameworks', hours: 90, skills: { scripting: 2, 'risk-frameworks': 2 } },
    ],
    later: { 'risk-frameworks': 'trainable' },
    required: ['security-plus', 'cysa-plus'],
    preferred: ['network-plus'],
  },
  'web-design': {
    soc: '15-1254',
    cip: '11.0801',
    job: 'Web developer',
    program: 'Web and Digital Design',
    units: [
      { name: 'Pages', hours: 120, skills: { 'html-css': 3, accessibility: 2 } },
      { name: 'Programs in the browser', hours: 140, skills: { javascript: 2 } },
      { name: 'Publishing', hours: 60, skills: { 'content-management': 3 } },
    ],
    later: {},
    required: [],
    preferred: ['web-associate'],
  },
  'truck-driving': {
    soc: '53-3032',
    cip: '49.0205',
    job: 'Regional truck driver',
    program: 'Commercial Truck Driving',
    units: [
      { name: 'Inspection and records', hours: 40, skills: { 'pre-trip': 3, 'hours-of-service': 2 } },
      { name: 'Yard skills', hours: 70, skills: { backing: 3, coupling: 3 } },
      { name: 'On the road', hours: 90, skills: { 'commercial-driving': 3, 'trip-planning': 2 } },
      { name: 'Loads', hours: 20, skills: { 'cargo-securement': 2 } },
    ],
    later: { 'trip-planning': 'trainable' },
    required: ['cdl-a'],
    preferred: ['first-aid-cpr'],
  },
  logistics: {
    soc: '43-5071',
    cip: '52.0409',
    job: 'Shipping and inventory clerk',
    program: 'Logistics Operations',
    units: [
      { name: 'Receiving to shipping', hours: 90, skills: { 'shipping-documents': 3, 'warehouse-systems': 3 } },
      { name: 'Inventory', hours: 60, skills: { 'cycle-counting': 3, spreadsheets: 2 } },
      { name: 'On the floor', hours: 50, skills: { forklift: 2, 'shop-safety': 2, 'lean-work': 2 } },
    ],
    later: { 'lean-work': 'trainable' },
    required: [],
    preferred: ['forklift-card', 'logistics-associate'],
  },
  electrical: {
    soc: '47-2111',
    cip: '46.0302',
    job: 'Apprentice electrician',
    program: 'Electrical Technology',
    units: [
      { name: 'Safety and drawings', hours: 70, skills: { lockout: 2, 'print-reading': 2, 'fall-protection': 2 } },
      { name: 'Raceways and wiring', hours: 180, skills: { 'conduit-bending': 3, 'branch-wiring': 3 } },
      { name: 'Code', hours: 90, skills: { 'electrical-code': 2 } },
      { name: 'Terminations and motors', hours: 120, skills: { 'panel-terminations': 2, 'motor-control': 2 } },
    ],
    later: { 'motor-control': 'trainable' },
    required: ['osha-10-construction'],
    preferred: ['electrical-apprentice'],
  },
  carpentry: {
    soc: '47-2031',
    cip: '46.0201',
    job: 'Carpenter',
    program: 'Carpentry',
    units: [
      { name: 'Layout and safety', hours: 80, skills: { layout: 3, 'fall-protection': 2, 'print-reading': 2 } },
      { name: 'Framing', hours: 180, skills: { framing: 3 } },
      { name: 'Concrete', hours: 80, skills: { 'concrete-forms': 2 } },
      { name: 'Finish work', hours: 90, skills: { 'finish-carpentry': 2 } },
    ],
    later: { 'finish-carpentry': 'trainable' },
    required: ['osha-10-construction'],
    preferred: ['nccer-carpentry'],
  },
  'heavy-equipment': {
    soc: '47-2073',
    cip: '49.0202',
    job: 'Equipment operator',
    program: 'Heavy Equipment Operation',
    units: [
      { name: 'Machine care', hours: 50, skills: { 'machine-inspection': 3 } },
      { name: 'Excavation', hours: 140, skills: { excavator: 3, 'trench-safety': 3 } },
      { name: 'Grading', hours: 130, skills: { dozer: 2, 'grade-control': 2 } },
    ],
    later: {},
    required: ['osha-10-construction'],
    preferred: ['nccer-heavy', 'cdl-permit'],
  },
  'early-childhood': {
    soc: '25-2011',
    relatedSocs: ['39-9011'],
    cip: '13.1210',
    job: 'Preschool teacher',
    program: 'Early Childhood Education',
    units: [
      { name: 'How children grow', hours: 90, skills: { 'child-development': 3, 'developmental-screening': 2 } },
      { name: 'Planning play', hours: 90, skills: { 'lesson-planning': 3 } },
      { name: 'The room and the day', hours: 120, skills: { 'classroom-guidance': 3, 'child-safety': 3 } },
      { name: 'Families', hours: 40, skills: { 'family-communication': 2 } },
    ],
    later: { 'developmental-screening': 'trainable' },
    required: ['first-aid-cpr'],
    preferred: ['cda'],
  },
} as const satisfies Record<string, Trade>;

export type TradeKey = keyof typeof TRADES;

/** A trade by its key, under the common shape. */
export function tradeOf(key: TradeKey): Trade {
  return TRADES[key];
}
