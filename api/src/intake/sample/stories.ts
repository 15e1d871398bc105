import type { CommitmentKind, Disposition, EvidenceKind } from '@throughway/vocabulary/network';

/** One dated thing that happened between an employer and a pathway. */
export interface StoryEvent {
  kind: EvidenceKind;
  daysAgo: number;
  /** Hours, dollars or pieces, as the kind means. */
  quantity?: number;
  /** Recorded and confirmed within ten days when left out. */
  paper?: 'unconfirmed' | 'recorded-late' | 'recorded-late-with-second-person';
}

/** A graduate calling on the commitment, and what came back after so many days; nothing yet, or ever, when left out. */
export interface StoryActivation {
  daysAgo: number;
  answer?: { afterDays: number; disposition: Disposition; reason?: string };
}

export interface Story {
  events: StoryEvent[];
  promise?: { kind: CommitmentKind; openedDaysAgo: number; closesInDays: number; activations: StoryActivation[] };
}

const MEETINGS: StoryEvent[] = [
  { kind: 'meeting', daysAgo: 70 },
  { kind: 'meeting', daysAgo: 250 },
  { kind: 'meeting', daysAgo: 430 },
  { kind: 'meeting', daysAgo: 620 },
  { kind: 'meeting', daysAgo: 800 },
  { kind: 'meeting', daysAgo: 990 },
  { kind: 'meeting', daysAgo: 1120 },
];

const HOSTED: StoryEvent[] = [
  { kind: 'paid-placement', daysAgo: 90, quantity: 240 },
  { kind: 'paid-placement', daysAgo: 455, quantity: 200 },
];

const LAST_SUMMER: StoryEvent = { kind: 'paid-placement', daysAgo: 330, quantity: 180 };

/** Ten business days to answer are fourteen days or a little more; answers after twenty-five days are late. */
const HIRED = { afterDays: 9, disposition: 'hired' } as const;
const OFFERED = { afterDays: 8, disposition: 'offer' } as const;
const INTERVIEWED = { afterDays: 6, disposition: 'interview' } as const;
const CONDITION_NOT_MET = { afterDays: 7, disposition: 'declined', reason: 'condition-not-met' } as const;
const WITHDREW = { afterDays: 4, disposition: 'withdrawn' } as const;
const LATE_INTERVIEW = { afterDays: 25, disposition: 'interview' } as const;

/** How partnerships go, days before the as-of date. Each story keeps well clear of the days on which a reading would turn. */
export const STORIES = {
  /** Always at the table, never a hand on the work: meetings, a letter of support, a speaker. */
  advisory: {
    events: [
      ...MEETINGS,
      { kind: 'letter', daysAgo: 160 },
      { kind: 'speaker', daysAgo: 210 },
      { kind: 'tour', daysAgo: 560 },
      { kind: 'letter', daysAgo: 890 },
    ],
  },
  /** Friendly at a distance: a career fair, a logo, a day of shadowing, and no meeting at which to nod. */
  supportive: {
    events: [
      { kind: 'career-fair', daysAgo: 95 },
      { kind: 'job-shadow', daysAgo: 140, quantity: 6 },
      { kind: 'logo', daysAgo: 200 },
      { kind: 'mock-interview', daysAgo: 470 },
      { kind: 'career-fair', daysAgo: 460 },
    ],
  },
  /** They lend people: an evening class taught, a machine given. */
  contributing: {
    events: [
      ...MEETINGS,
      { kind: 'teaching-hours', daysAgo: 80, quantity: 24 },
      { kind: 'equipment', daysAgo: 230, quantity: 1 },
      { kind: 'teaching-hours', daysAgo: 450, quantity: 18 },
    ],
  },
  /** They open their doors to teachers and judge student work. */
  mentoring: {
    events: [
      { kind: 'survey', daysAgo: 300 },
      { kind: 'externship-hosted', daysAgo: 120, quantity: 40 },
      { kind: 'work-assessed', daysAgo: 60, quantity: 14 },
      { kind: 'mentoring-hours', daysAgo: 180, quantity: 30 },
      { kind: 'funding', daysAgo: 640, quantity: 2500 },
    ],
  },
  /** Students work there without pay, and somebody signs the hours. */
  'unpaid-host': {
    events: [
      { kind: 'unpaid-placement', daysAgo: 110, quantity: 60 },
      { kind: 'unpaid-placement', daysAgo: 475, quantity: 45 },
      { kind: 'meeting', daysAgo: 250 },
    ],
  },
  /** Students work there and are paid; nothing is promised afterward. */
  hosting: { events: [...MEETINGS.slice(0, 3), ...HOSTED] },
  /** Supervised clinicals, which a license requires to be unpaid. */
  clinical: {
    events: [
      { kind: 'clinical', daysAgo: 75, quantity: 320 },
      { kind: 'clinical', daysAgo: 440, quantity: 300 },
      { kind: 'clinical', daysAgo: 805, quantity: 280 },
      { kind: 'survey', daysAgo: 190 },
    ],
  },
  /** No paper and no program: they simply hire. A small firm loses nothing by it. */
  hires: {
    events: [
      { kind: 'wage-offer', daysAgo: 130, quantity: 1 },
      { kind: 'hire', daysAgo: 100, quantity: 1 },
      { kind: 'hire', daysAgo: 480, quantity: 1 },
    ],
  },
  /** A promise in its window, called on, and kept. */
  committed: {
    events: [...HOSTED, { kind: 'apprenticeship', daysAgo: 150, quantity: 160 }],
    promise: {
      kind: 'direct-hire',
      openedDaysAgo: 410,
      closesInDays: 430,
      activations: [
        { daysAgo: 240, answer: HIRED },
        { daysAgo: 110, answer: CONDITION_NOT_MET },
        { daysAgo: 85, answer: OFFERED },
      ],
    },
  },
  /** Kept so far; the call of last week can cost the rung. */
  waiting: {
    events: [...HOSTED],
    promise: {
      kind: 'conditional-offer',
      openedDaysAgo: 410,
      closesInDays: 430,
      activations: [{ daysAgo: 210, answer: OFFERED }, { daysAgo: 5 }],
    },
  },
  /** Promises kept to classes of different years, and a vote that changed what is taught. */
  'co-owning': {
    events: [...MEETINGS, ...HOSTED, { kind: 'curriculum-receipt', daysAgo: 150, quantity: 1 }],
    promise: {
      kind: 'direct-hire',
      openedDaysAgo: 720,
      closesInDays: 430,
      activations: [
        { daysAgo: 640, answer: HIRED },
        { daysAgo: 440, answer: HIRED },
        { daysAgo: 200, answer: OFFERED },
        { daysAgo: 180, answer: WITHDREW },
        { daysAgo: 75, answer: HIRED },
      ],
    },
  },
  /** Every graduate who asks is seen, and one was hired. */
  interviews: {
    events: [
      { kind: 'tour', daysAgo: 150 },
      { kind: 'teaching-hours', daysAgo: 120, quantity: 12 },
    ],
    promise: {
      kind: 'guaranteed-interview',
      openedDaysAgo: 330,
      closesInDays: 420,
      activations: [
        { daysAgo: 160, answer: INTERVIEWED },
        { daysAgo: 90, answer: HIRED },
      ],
    },
  },
  /** Graduates are looked at first, and told why not. An answer is what was promised; a hire has yet to come of it. */
  'first-look': {
    events: [...HOSTED],
    promise: {
      kind: 'first-consideration',
      openedDaysAgo: 200,
      closesInDays: 400,
      activations: [{ daysAgo: 80, answer: { afterDays: 5, disposition: 'declined', reason: 'position-filled' } }],
    },
  },
  /** Jobs announced with a photograph; of four who called, two were never answered and one too late. */
  broken: {
    events: [...MEETINGS.slice(0, 2), ...HOSTED],
    promise: {
      kind: 'direct-hire',
      openedDaysAgo: 400,
      closesInDays: 410,
      activations: [
        { daysAgo: 230, answer: HIRED },
        { daysAgo: 130 },
        { daysAgo: 95 },
        { daysAgo: 70, answer: LATE_INTERVIEW },
      ],
    },
  },
  /** One promise was broken over a year ago; every one since was kept. */
  recovered: {
    events: [...HOSTED],
    promise: {
      kind: 'conditional-offer',
      openedDaysAgo: 500,
      closesInDays: 420,
      activations: [{ daysAgo: 420 }, { daysAgo: 200, answer: OFFERED }, { daysAgo: 100, answer: HIRED }],
    },
  },
  /** A promise that nobody has ever called on. */
  untested: {
    events: [...MEETINGS.slice(0, 3)],
    promise: { kind: 'first-consideration', openedDaysAgo: 300, closesInDays: 380, activations: [] },
  },
  /** A promise made this season: worth something until it could have been tested. */
  fresh: {
    events: [{ kind: 'meeting', daysAgo: 60 }],
    promise: { kind: 'direct-hire', openedDaysAgo: 50, closesInDays: 410, activations: [] },
  },
  /** The first graduate called this week, and the clock runs. */
  called: {
    events: [...HOSTED],
    promise: { kind: 'conditional-offer', openedDaysAgo: 120, closesInDays: 400, activations: [{ daysAgo: 6 }] },
  },
  /** Last year's placement is about to leave the window, and nothing follows it. */
  slipping: { events: [LAST_SUMMER, { kind: 'meeting', daysAgo: 100 }] },
  /** A paid placement happened; the school never confirmed it. */
  unconfirmed: {
    events: [
      { kind: 'paid-placement', daysAgo: 85, quantity: 160, paper: 'unconfirmed' },
      { kind: 'career-fair', daysAgo: 120 },
    ],
  },
  /** Remembered a season later by one person alone: it does not count. The older one, witnessed, did. */
  'recorded-late': {
    events: [
      { kind: 'teaching-hours', daysAgo: 150, quantity: 10, paper: 'recorded-late' },
      { kind: 'equipment', daysAgo: 520, quantity: 2, paper: 'recorded-late-with-second-person' },
    ],
  },
  /** They were here once. */
  dormant: {
    events: [
      { kind: 'meeting', daysAgo: 480 },
      { kind: 'tour', daysAgo: 610 },
      { kind: 'paid-placement', daysAgo: 700, quantity: 120 },
      { kind: 'meeting', daysAgo: 940 },
    ],
  },
} as const satisfies Record<string, Story>;

export type StoryKey = keyof typeof STORIES;

/** A story by its key, under the common shape. */
export function storyOf(key: StoryKey): Story {
  return STORIES[key];
}
