import { randomUUID } from 'node:crypto';
import { aStudent, studentsText } from '@throughway/formats/students.builder';
import { SAMPLE_PASSWORD } from './identity/credentials.builder.js';
import { SMALL_FOLDER } from './intake/folder.builder.js';
import {
  type Asker,
  ASKERS,
  NETWORKS,
  OWING,
  type Person,
  STRANGERS,
  STUDENTS,
  type World,
} from './matrix-world.builder.js';

/**
 * Who may do what, operation by operation, written from DOMAIN 2 and 4.5, TRUST S1–S4 and the issue, and never from the authorization
 * table, which it judges. Whom no line of it names is refused.
 */

/** What a request says beside its method and path. */
export interface Fill {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as multipart/form-data. */
  files?: Readonly<Record<string, string>>;
}

export type Answer = Record<string, unknown>;

export interface Question {
  /** Each object asked about, and how. */
  about: Record<string, (world: World, person: Person) => Fill>;
  /** Who may, by object. */
  may: Record<string, readonly Asker[]>;
  /**
   * Whether strangers may ask at all: then a refusal is that the object is not there, whoever asks; `strangers`: and who owes a second
   * factor is still told so.
   */
  open?: true | 'strangers';
  /** Who may see the object without doing this to it: they may be told that they are not allowed. `true`: there is no object. */
  seen?: Record<string, readonly Asker[]> | true;
  /** How whoever may not is refused once known, in one of these ways; not-found unless told otherwise. */
  refused?: readonly string[];
  /** Refusals of the domain that come after it was allowed. */
  later?: readonly string[];
  /** What is wrong with an answer that was given, if anything: more shown than is theirs, or less. */
  wrong?: (answer: Answer, asker: Asker, object: string, world: World, person: Person) => string | undefined;
}

const EVERYONE: readonly Asker[] = ASKERS;
const SIGNED_IN = ASKERS.filter((asker) => !STRANGERS.includes(asker));
const SETTLED = SIGNED_IN.filter((asker) => !OWING.includes(asker));

const from = (place: string, ...roles: string[]): Asker[] => roles.map((role) => `${place}${role}` as Asker);
const SCHOOL_STAFF: readonly Asker[] = ['educator', 'coordinator', 'leader', 'administrator'];
const LEARNERS: readonly Asker[] = ['student-minor', 'student-adult', 'guardian', 'guardian-of-adult'];
const DISTRICT = from('district-', 'educator', 'coordinator', 'leader', 'administrator');
const REGION = from('region-', 'coordinator', 'leader', 'administrator');
const STATE = from('state-', 'coordinator', 'leader', 'administrator');
const SAMPLE: readonly Asker[] = ['sample-coordinator', 'sample-administrator'];
const EMPLOYER: readonly Asker[] = ['employer-member', 'employer-admin'];
const SERVER: readonly Asker[] = ['api-client', 'operator'];
const ABOVE_SCHOOL = [...DISTRICT, ...REGION, ...STATE];

const keepers = (askers: readonly Asker[]): Asker[] =>
  askers.filter((asker) => /(administrator|coordinator)$/.test(asker));
const administrators = (askers: readonly Asker[]): Asker[] => askers.filter((asker) => asker.endsWith('administrator'));
/** By place: those of one of these and of all above it. */
const upward = (pick: (askers: readonly Asker[]) => readonly Asker[]): Record<string, Asker[]> => ({
  state: [...pick(STATE)],
  region: [...pick([...REGION, ...STATE])],
  district: [...pick(ABOVE_SCHOOL)],
  school: [...pick([...SCHOOL_STAFF, ...ABOVE_SCHOOL])],
  next: [...pick(ABOVE_SCHOOL)],
  college: [...pick([...REGION, ...STATE])],
  sample: [...pick(SAMPLE)],
  'sample-region': [...pick(SAMPLE)],
});
const STAFF = upward((askers) => askers);
const KEEPERS = upward(keepers);
const ADMINISTRATORS = upward(administrators);

const OVERSEERS: readonly Asker[] = ['region-administrator', 'state-administrator'];

/** Keepers of real organizations bring employers in, those of synthetic ones synthetic employers. */
const REAL_KEEPERS = KEEPERS['school'] ?? [];

// ---------------------------------------------------------------------------------------------------------------- students

const STUDENT_KEEPERS: Record<string, Asker[]> = {
  minor: KEEPERS['school'] ?? [],
  adult: KEEPERS['school'] ?? [],
  next: KEEPERS['next'] ?? [],
  college: KEEPERS['college'] ?? [],
  sample: KEEPERS['sample'] ?? [],
};
/** The rights over the adult's record have moved: their guardian sees it no longer (34 CFR 99.5). */
const STUDENT_READERS: Record<string, Asker[]> = {
  ...STUDENT_KEEPERS,
  minor: [...(STUDENT_KEEPERS['minor'] ?? []), 'student-minor', 'guardian'],
  adult: [...(STUDENT_KEEPERS['adult'] ?? []), 'student-adult'],
};

const nobodyOf = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, randomUUID()]));

function students(more: (world: World, person: Person) => Fill = () => ({})): Question['about'] {
  const known = STUDENTS.map((name): [string, Question['about'][string]] => [
    name,
    (world, person) => {
      const { studentId, guardianId } = world.students[name];
      return { params: { studentId, guardianId }, ...more(world, person) };
    },
  ]);
  const none = nobodyOf('studentId', 'guardianId');
  return { ...Object.fromEntries(known), none: (world, person) => ({ params: none, ...more(world, person) }) };
}

/** A guardian sees their own entry alone; everybody else who sees the record sees both. */
function wrongRecord(record: Answer, asker: Asker): string | undefined {
  const shown = (record['guardians'] as unknown[]).length;
  const expected = asker === 'guardian' ? 1 : 2;
  if (shown !== expected) return `${shown} guardians are shown, expected ${expected}`;
  return (record['populations'] as unknown[]).length === 1 ? undefined : 'special populations are not shown';
}

/** The second guardian of a record named with another's student. */
const strangersGuardian = (more: Fill = {}): Question['about'] => ({
  'minor, guardian foreign': ({ students: { minor, foreign } }) => ({
    params: { studentId: minor.studentId, guardianId: foreign.guardianId },
    ...more,
  }),
  'minor, guardian none': ({ students: { minor } }) => ({
    params: { studentId: minor.studentId, guardianId: NOBODY },
    ...more,
  }),
});
const NOBODY = randomUUID();

const STUDENT_ROWS: Record<string, Question[]> = {
  'GET /api/students': [
    {
      about: {
        all: () => ({}),
      },
      may: { all: SETTLED },
      wrong: listed('students', 'studentId', (world) => idsOf(world.students, 'studentId'), STUDENT_KEEPERS),
    },
    {
      about: placesIn('query', 'state', 'region', 'district', 'school', 'next', 'college', 'foreign', 'sample', 'none'),
      may: KEEPERS,
    },
  ],
  'GET /api/my-students': [
    {
      about: { all: () => ({}) },
      may: { all: SETTLED },
      wrong: (answer, asker, object, world) => {
        const own: Record<string, Asker[]> = { minor: ['student-minor', 'guardian'], adult: ['student-adult'] };
        const ids = idsOf(world.students, 'studentId');
        const records = answer['students'] as Answer[];
        const first = records[0];
        return listed('students', 'studentId', () => ids, own)(answer, asker) ?? (first && wrongRecord(first, asker));
      },
    },
  ],
  'GET /api/students/{studentId}': [{ about: students(), may: STUDENT_READERS, wrong: wrongRecord }],
  'DELETE /api/students/{studentId}': [
    {
      about: students(),
      may: {
        ...ADMINISTRATORS,
        minor: ADMINISTRATORS['school'] ?? [],
        adult: ADMINISTRATORS['school'] ?? [],
      },
      seen: STUDENT_READERS,
    },
  ],
  'POST /api/students': [
    {
      about: placesIn('query', 'school', 'next', 'college', 'region', 'foreign', 'sample', 'none', {
        files: { 'students.csv': studentsText([aStudent(1)]) },
      }),
      may: KEEPERS,
      later: ['no-students-here'],
    },
  ],
  'POST /api/students/{studentId}/invitation': [
    {
      about: students(() => ({ body: { language: 'en' } })),
      may: STUDENT_KEEPERS,
      seen: STUDENT_READERS,
      later: ['role-held'],
    },
  ],
  'DELETE /api/students/{studentId}/account': [
    {
      about: students(),
      may: { minor: STUDENT_KEEPERS['minor'] ?? [], adult: STUDENT_KEEPERS['adult'] ?? [] },
      seen: STUDENT_READERS,
    },
  ],
  'POST /api/students/{studentId}/guardians/{guardianId}/invitation': [
    {
      about: { ...students(() => ({ body: { language: 'en' } })), ...strangersGuardian({ body: { language: 'en' } }) },
      may: STUDENT_KEEPERS,
      seen: STUDENT_READERS,
      later: ['role-held', 'rights-with-student'],
    },
  ],
  'DELETE /api/students/{studentId}/guardians/{guardianId}/account': [
    {
      about: { ...students(), ...strangersGuardian() },
      may: { minor: STUDENT_KEEPERS['minor'] ?? [], adult: STUDENT_KEEPERS['adult'] ?? [] },
      seen: STUDENT_READERS,
    },
  ],
};

// ---------------------------------------------------------------------------------------------------------------- consents

/** Today's rights holder answers; the minor's guardian, the adult alone. */
const RIGHTS_HOLDERS: Record<string, Asker[]> = { minor: ['guardian'], adult: ['student-adult'] };

function consents(which: 'asked' | 'given', body?: unknown): Question['about'] {
  const fill = (consentId: string): Fill => ({ params: { consentId }, ...(body ? { body } : {}) });
  const known = STUDENTS.map((name): [string, Question['about'][string]] => [
    name,
    (world) => fill(world.consents[which][name]),
  ]);
  return { ...Object.fromEntries(known), none: () => fill(NOBODY) };
}

const byLink = (which: 'askedToken' | 'givenToken', more: object = {}): Question => ({
  about: {
    link: ({ consents }) => ({ body: { token: consents[which], ...more } }),
    none: () => ({ body: { token: NO_TOKEN, ...more } }),
  },
  may: { link: EVERYONE },
  open: true,
  refused: ['link-over'],
  wrong: (answer) => (answer['signedBy'] === null ? undefined : 'says who signed'),
});

const aQuestion = (recipientId: string): unknown => ({
  recipientId,
  records: ['name'],
  purpose: 'school-visit',
  untilOn: '2026-12-31',
});

/** One part was consented to, and no more is shown. */
function wrongShared(shared: Answer[]): string | undefined {
  const only = shared.every(({ name, contact, grade, school }) => name !== null && !contact && !grade && !school);
  return only ? undefined : 'shows other parts than the consent names';
}

const CONSENT_ROWS: Record<string, Question[]> = {
  'POST /api/students/{studentId}/consents': [
    {
      about: {
        ...students(({ places }) => ({ body: aQuestion(places['other']?.organizationId ?? '') })),
        sample: ({ students: { sample }, places }) => ({
          params: { studentId: sample.studentId },
          body: aQuestion(places['sample-employer']?.organizationId ?? ''),
        }),
        ...Object.fromEntries(
          [
            ['foreign', 'sample-employer'],
            ['none', 'none'],
          ].map(([name, place = '']) => [
            `minor, recipient ${name}`,
            ({ students: { minor }, places }: World) => ({
              params: { studentId: minor.studentId },
              body: aQuestion(places[place]?.organizationId ?? NOBODY),
            }),
          ]),
        ),
      },
      may: STUDENT_KEEPERS,
      seen: STUDENT_READERS,
    },
  ],
  'GET /api/students/{studentId}/consents': [
    {
      about: students(),
      may: STUDENT_READERS,
      wrong: (answer, asker) => {
        const given = (answer['consents'] as Answer[]).find(({ answeredAt }) => answeredAt !== null);
        if (!given) return 'lacks what was given';
        // A guardian learns nothing of the other one.
        return (given['signedBy'] === null) === (asker === 'guardian')
          ? undefined
          : `names the signer ${String(given['signedBy'])}`;
      },
    },
  ],
  'GET /api/students/{studentId}/disclosures': [
    {
      about: students(),
      may: STUDENT_READERS,
      wrong: (answer) => (answer['total'] === 1 ? undefined : `counts ${String(answer['total'])} looks`),
    },
  ],
  'GET /api/my-consents': [
    {
      about: { all: () => ({}) },
      may: { all: SETTLED },
      wrong: (answer, asker, _, world) => {
        const own = { minor: ['student-minor', 'guardian'], adult: ['student-adult'] } as const;
        const wrong = listed('students', 'studentId', () => idsOf(world.students, 'studentId'), own)(answer, asker);
        const incomplete = (answer['students'] as Answer[]).some(
          ({ studentId, consents, disclosureCount }) =>
            (consents as unknown[]).length !== (studentId === world.students.minor.studentId ? 4 : 2) ||
            disclosureCount !== 1,
        );
        const signers = (answer['students'] as { consents: Answer[] }[]).flatMap(({ consents }) =>
          consents.flatMap(({ answeredAt, signedBy }) => (answeredAt === null ? [] : [signedBy])),
        );
        return (
          wrong ??
          (incomplete ? 'lacks a consent or a look' : undefined) ??
          (signers.some((signer) => (signer === null) !== (asker === 'guardian'))
            ? 'names a signer, or none'
            : undefined)
        );
      },
    },
  ],
  'POST /api/consents/{consentId}/answer': [
    { about: consents('asked', { answer: 'given' }), may: RIGHTS_HOLDERS, seen: STUDENT_READERS },
  ],
  'DELETE /api/consents/{consentId}': [
    {
      about: {
        ...consents('given'),
        'minor, by the other guardian': ({ consents: { givenByOther } }) => ({ params: { consentId: givenByOther } }),
        'minor, by the student': ({ consents: { givenByStudent } }) => ({ params: { consentId: givenByStudent } }),
      },
      may: {
        ...STUDENT_KEEPERS,
        minor: [...(STUDENT_KEEPERS['minor'] ?? []), 'guardian'],
        'minor, by the other guardian': [...(STUDENT_KEEPERS['minor'] ?? []), 'guardian'],
        'minor, by the student': [...(STUDENT_KEEPERS['minor'] ?? []), 'guardian', 'student-minor'],
        // Whoever gave it may take it back, also when the rights have moved since.
        adult: [...(STUDENT_KEEPERS['adult'] ?? []), 'student-adult', 'guardian-of-adult'],
      },
      seen: {
        ...STUDENT_READERS,
        'minor, by the other guardian': STUDENT_READERS['minor'] ?? [],
        'minor, by the student': STUDENT_READERS['minor'] ?? [],
      },
    },
  ],
  'POST /api/consent-by-link': [byLink('askedToken')],
  'POST /api/consent-by-link/answer': [byLink('askedToken', { answer: 'given' })],
  'POST /api/consent-by-link/withdrawal': [byLink('givenToken')],
  'GET /api/shared-students': [
    {
      about: { all: () => ({}) },
      may: { all: SETTLED },
      wrong: (answer, asker, _, world) =>
        listed('shared', 'studentId', () => idsOf(world.students, 'studentId'), { minor: EMPLOYER })(answer, asker) ??
        wrongShared(answer['shared'] as Answer[]),
    },
  ],
  'GET /api/shared-students/{studentId}': [
    {
      about: students(),
      may: { minor: EMPLOYER },
      wrong: (answer) => wrongShared(answer['shared'] as Answer[]),
    },
  ],
};

// ---------------------------------------------------------------------------------------------------------------- networks

/** Pages of a network: its staff and that of all above, and whoever is below the tenant that keeps it. */
const NETWORK_READERS: Record<string, readonly Asker[]> = {
  school: [...SCHOOL_STAFF, ...LEARNERS, ...ABOVE_SCHOOL],
  region: [...SCHOOL_STAFF, ...LEARNERS, ...ABOVE_SCHOOL],
  next: ABOVE_SCHOOL,
  // Sample people sign in only where whoever sits at the machine is its operator, who may read this anyway.
  unclaimed: ['region-administrator', 'state-administrator', 'sample-administrator', 'operator'],
  sample: EVERYONE,
};
const NETWORK_IMPORTERS: Record<string, readonly Asker[]> = {
  school: [...(KEEPERS['school'] ?? []), ...SERVER],
  region: [...(KEEPERS['region'] ?? []), ...SERVER],
  next: [...(KEEPERS['next'] ?? []), ...SERVER],
  foreign: SERVER,
  unclaimed: SERVER,
  sample: [...keepers(SAMPLE), ...SERVER],
};

/** A job is its network's administrators' to see; one of no network is the operator's alone. */
const JOB_SEERS: Record<string, readonly Asker[]> = {
  school: [...(ADMINISTRATORS['school'] ?? []), 'operator'],
  region: [...(ADMINISTRATORS['region'] ?? []), 'operator'],
  next: [...(ADMINISTRATORS['next'] ?? []), 'operator'],
  foreign: ['operator'],
  unclaimed: ['operator'],
  sample: [...administrators(SAMPLE), 'operator'],
  server: ['operator'],
};

function networks(more: Fill = {}): Question['about'] {
  return Object.fromEntries(
    [...NETWORKS, 'none'].map((name) => [name, () => ({ ...more, query: { network: name, ...more.query } })]),
  );
}

/** Without a network named, the first one that is theirs to see. */
const byDefault = (may: readonly Asker[] = EVERYONE, readers = NETWORK_READERS, more: Fill = {}): Question => ({
  about: { default: () => more },
  may: { default: may },
  open: true,
  wrong: (answer, asker) => {
    const slug = (answer['network'] as { slug: string } | undefined)?.slug ?? 'sample';
    return readers[slug]?.includes(asker) ? undefined : `the network "${slug}" is shown`;
  },
});

const pathway = { params: { pathwayId: 'Here-welding' } };

/** All of a network's partnerships; those of the school alone, or of the employer alone; and figures without any. */
const PAIRS = [
  'Here-employer/Here-welding',
  'Here-employer/There-welding',
  'There-employer/Here-welding',
  'There-employer/There-welding',
];
const OF_SCHOOL = PAIRS.filter((pair) => pair.endsWith('/Here-welding'));
const OF_EMPLOYER = PAIRS.filter((pair) => pair.startsWith('Here-employer/'));

/** The partnerships that someone sees of a network; null where not even their number is theirs to know. */
function partnershipsSeen(asker: Asker, network: string): { pairs: readonly string[]; counts: boolean } | null {
  const sees = (pairs: readonly string[], counts = true) => ({ pairs, counts });
  if (network === 'sample') return sees(PAIRS);
  if (EMPLOYER.includes(asker)) return ['foreign', 'none'].includes(network) ? null : sees(OF_EMPLOYER, false);
  if (network === 'unclaimed') {
    if (asker === 'operator') return sees(PAIRS);
    return NETWORK_READERS['unclaimed']?.includes(asker) ? sees([]) : null;
  }
  if (LEARNERS.includes(asker) || !NETWORK_READERS[network]?.includes(asker)) return null;
  if (network === 'region') {
    if (REGION.includes(asker) || DISTRICT.includes(asker)) return sees(PAIRS);
    return SCHOOL_STAFF.includes(asker) ? sees(OF_SCHOOL) : sees([]);
  }
  // A school's or the next one's: the region and the state see counts.
  return SCHOOL_STAFF.includes(asker) || DISTRICT.includes(asker) ? sees(PAIRS) : sees([]);
}

const byNetwork = (may: (asker: Asker, network: string) => boolean): Record<string, Asker[]> =>
  Object.fromEntries([...NETWORKS, 'none'].map((name) => [name, ASKERS.filter((asker) => may(asker, name))]));

const NETWORK_ROWS: Record<string, Question[]> = {
  'GET /api/networks': [
    {
      about: { all: () => ({}) },
      may: { all: EVERYONE },
      open: true,
      wrong: listed('networks', 'slug', () => NETWORKS.map((name) => [name, name]), NETWORK_READERS),
    },
  ],
  'GET /api/board': [{ about: networks(), may: NETWORK_READERS, open: true }, byDefault()],
  'GET /api/board/counties': [{ about: networks(), may: NETWORK_READERS, open: true }, byDefault()],
  'GET /api/runs': [{ about: networks(), may: NETWORK_READERS, open: true }],
  'GET /api/pathways/{pathwayId}': [
    {
      about: networks(pathway),
      may: NETWORK_READERS,
      open: true,
      wrong: (answer, asker, network) => {
        const { promised } = answer['demand'] as { promised: Answer[] };
        const shown = promised.some(({ wageFloorHourlyCents }) => wageFloorHourlyCents !== null);
        const expected = partnershipsSeen(asker, network)?.counts ?? false;
        return shown === expected ? undefined : `${shown ? 'shows' : 'hides'} wage floors`;
      },
    },
    byDefault(EVERYONE, NETWORK_READERS, pathway),
    { about: { 'no pathway': () => ({ params: { pathwayId: 'no-such-pathway' } }) }, may: {}, open: true },
  ],
  'GET /api/partnerships': [
    {
      about: networks(),
      may: byNetwork((asker, network) => partnershipsSeen(asker, network) !== null),
      open: true,
      wrong: (answer, asker, network) => {
        const expected = partnershipsSeen(asker, network);
        const rows = (answer['rows'] as { employerId: string; pathwayId: string }[]).map(
          ({ employerId, pathwayId }) => `${employerId}/${pathwayId}`,
        );
        if (rows.sort().join() !== [...(expected?.pairs ?? [])].sort().join())
          return `shows ${rows.join(', ') || 'no pair'}`;
        const counted = (answer['rungCounts'] as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
        const count = expected?.counts ? PAIRS.length : OF_EMPLOYER.length;
        return counted === count ? undefined : `counts ${counted} partnerships, expected ${count}`;
      },
    },
  ],
  'GET /api/partnerships/{employerId}/{pathwayId}': PAIRS.map((pair) => {
    const [employerId = '', pathwayId = ''] = pair.split('/');
    return {
      about: networks({ params: { employerId, pathwayId } }),
      may: byNetwork((asker, network) => partnershipsSeen(asker, network)?.pairs.includes(pair) ?? false),
      open: true,
    };
  }),
  'GET /api/imports': [
    {
      about: { all: () => ({}) },
      may: { all: [...SETTLED, ...SERVER] },
      wrong: listed('imports', 'importId', (world) => Object.entries(world.imports), NETWORK_IMPORTERS),
    },
  ],
  'GET /api/imports/{importId}': [
    {
      about: {
        ...Object.fromEntries(
          NETWORKS.map((name) => [name, ({ imports }: World) => ({ params: { importId: imports[name] } })]),
        ),
        none: () => ({ params: { importId: NOBODY } }),
      },
      may: NETWORK_IMPORTERS,
    },
  ],
  'GET /api/imports/{importId}/progress': [
    {
      about: {
        ...Object.fromEntries(
          NETWORKS.map((name) => [name, ({ imports }: World) => ({ params: { importId: imports[name] } })]),
        ),
        none: () => ({ params: { importId: NOBODY } }),
      },
      may: NETWORK_IMPORTERS,
    },
  ],
  'GET /api/jobs': [
    {
      about: { all: () => ({}) },
      may: { all: [...SETTLED, 'operator'] },
      wrong: listed('jobs', 'jobId', (world) => Object.entries(world.failedJobs), JOB_SEERS),
    },
  ],
  'POST /api/jobs/{jobId}/retry': [
    {
      about: {
        ...Object.fromEntries(
          [...NETWORKS, 'server' as const].map((name) => [
            name,
            ({ failedJobs }: World) => ({ params: { jobId: failedJobs[name] } }),
          ]),
        ),
        none: () => ({ params: { jobId: NOBODY } }),
      },
      may: JOB_SEERS,
      // Somebody else is faster.
      later: ['job-waits-already'],
    },
  ],
  'GET /api/system-health': [
    {
      about: { all: () => ({}) },
      may: { all: [...OVERSEERS, 'sample-administrator', 'operator'] },
      seen: true,
    },
  ],
  'GET /api/mails': [
    {
      about: { all: () => ({}) },
      may: { all: [...SETTLED, 'operator'] },
      wrong: ({ total }, asker) =>
        asker === 'operator' || total === 0
          ? undefined
          : `shows ${String(total)} mails, which are the operator's to see`,
    },
  ],
  'POST /api/imports': [
    {
      about: networks({ files: SMALL_FOLDER, query: { source: 'matrix' } }),
      may: byNetwork((asker, network) => importsInto(asker, network) !== 'nothing'),
      open: 'strangers',
      refused: ['may-not-import'],
      later: ['network-is-sample'],
      wrong: (answer, asker, network) => {
        const { slug } = answer['network'] as { slug: string };
        const into = importsInto(asker, network);
        return (slug === network) === (into === 'it') ? undefined : `imports into "${slug}", expected ${into}`;
      },
    },
    {
      about: Object.fromEntries(
        ['school', 'next', 'foreign', 'none'].map((place) => [
          place,
          ({ places }: World) => ({
            query: { network: 'brand-new', source: 'matrix', organizationId: places[place]?.organizationId ?? NOBODY },
            files: SMALL_FOLDER,
          }),
        ]),
      ),
      may: {
        school: [...(ADMINISTRATORS['school'] ?? []), ...SERVER],
        next: [...(ADMINISTRATORS['next'] ?? []), ...SERVER],
        foreign: SERVER,
      },
      open: 'strangers',
      // Administrators claim for organizations of theirs; of others they do not learn whether there are any.
      refused: ['may-not-import', 'not-found'],
    },
  ],
};

/** Whether an import comes into the network of that name, a new one beside it, or is refused. */
function importsInto(asker: Asker, network: string): 'it' | 'a new one' | 'nothing' {
  if (SERVER.includes(asker)) return 'it';
  if (NETWORK_IMPORTERS[network]?.includes(asker)) return 'it';
  const claims = administrators([...SCHOOL_STAFF, ...ABOVE_SCHOOL]).includes(asker);
  if (!claims) return 'nothing';
  return network === 'none' || (NETWORK_READERS['unclaimed']?.includes(asker) && network === 'unclaimed')
    ? 'it'
    : 'a new one';
}

// ------------------------------------------------------------------------------------------------------------ organizations

const ORGANIZATIONS = [
  ...['state', 'region', 'district', 'school', 'next', 'college', 'foreign', 'foreign-region', 'sample'],
  ...['employer', 'other', 'fresh', 'sample-employer', 'none'],
] as const;

/** Staff of it and of all above; its students and guardians; an employer also by who brings employers in. */
const ORGANIZATION_SEERS: Record<string, readonly Asker[]> = {
  ...STAFF,
  school: [...(STAFF['school'] ?? []), ...LEARNERS],
  employer: [...EMPLOYER, ...REAL_KEEPERS],
  other: REAL_KEEPERS,
  fresh: REAL_KEEPERS,
  'sample-employer': keepers(SAMPLE),
};
/** Who see the people who work there: those who do, and those above. */
const COLLEAGUES: Record<string, readonly Asker[]> = { ...STAFF, employer: EMPLOYER };
/** Who invite, give roles and end them. */
const MANAGERS: Record<string, readonly Asker[]> = { ...ADMINISTRATORS, employer: ['employer-admin'] };

function placesIn(part: 'params' | 'query', ...names: (string | Fill)[]): Question['about'] {
  const more = names.filter((name) => typeof name !== 'string')[0] ?? {};
  return places(
    names.filter((name) => typeof name === 'string'),
    (spot) => ({
      ...more,
      [part]: { organizationId: spot.organizationId },
    }),
  );
}

const NO_SPOT = {
  ...{ organizationId: randomUUID(), personId: randomUUID(), membershipId: randomUUID() },
  ...{ siteId: randomUUID(), invitationId: randomUUID() },
};

function places(
  names: readonly string[],
  fill: (spot: World['places'][string], person: Person, world: World) => Fill,
): Question['about'] {
  return Object.fromEntries(
    names.map((name) => [name, (world, person) => fill(world.places[name] ?? NO_SPOT, person, world)]),
  );
}

/** The askers' own school or employer, with a part of another organization's or one that is not there. */
function crossed(part: 'siteId' | 'invitationId' | 'membershipId', owner: 'school' | 'employer'): Question['about'] {
  const other = owner === 'school' ? 'foreign' : 'other';
  return Object.fromEntries(
    [other, 'none'].map((name) => [
      `${owner}, ${part} ${name === 'none' ? 'none' : 'foreign'}`,
      ({ places }) => ({
        params: {
          organizationId: places[owner]?.organizationId ?? '',
          [part]: places[name]?.[part] ?? NO_SPOT[part],
        },
      }),
    ]),
  );
}

/** Of each organization one that somebody else sent, and those that the asker sent. */
const invitations = (): Question['about'] => ({
  ...places(ORGANIZATIONS, ({ organizationId, invitationId }) => ({ params: { organizationId, invitationId } })),
  ...crossed('invitationId', 'school'),
  ...crossed('invitationId', 'employer'),
  ...Object.fromEntries(
    (['school', 'fresh'] as const).map((place) => [
      `${place}, sent`,
      ({ places }: World, { sent }: Person) => ({
        params: { organizationId: places[place]?.organizationId ?? '', invitationId: sent[place] },
      }),
    ]),
  ),
});

const crossedSeers: Record<string, readonly Asker[]> = Object.fromEntries(
  ['siteId', 'invitationId', 'membershipId', 'linkId'].flatMap((part) =>
    ['school', 'employer'].flatMap((owner) =>
      ['foreign', 'none'].map((name) => [`${owner}, ${part} ${name}`, ORGANIZATION_SEERS[owner] ?? []]),
    ),
  ),
);
const SEEN = { ...ORGANIZATION_SEERS, ...crossedSeers };

/** The people of an organization for colleagues, its EIN too; its invitations for who manages them. */
function wrongOrganization(answer: Answer, asker: Asker, object: string): string | undefined {
  const count = (field: string): number => (answer[field] as unknown[]).length;
  const inside = COLLEAGUES[object]?.includes(asker) ?? false;
  if (count('people') > 0 !== inside) return `shows ${count('people')} people`;
  if (!inside && answer['ein'] !== null) return 'shows the EIN';
  const manages = MANAGERS[object]?.includes(asker) ?? false;
  const sent = object === 'school' || object === 'fresh' ? 1 : 0;
  const invitations = count('invitations');
  if (manages ? invitations <= sent : invitations !== sent) return `shows ${invitations} invitations`;
  const brings = object === 'fresh';
  return count('mayGive') > 0 === (manages || brings) ? undefined : `says that they may give ${count('mayGive')} roles`;
}

/** The record of an organization is for who manages its people. */
const AUDIT_ROWS: Record<string, Question[]> = {
  'GET /api/audit': [
    {
      about: { all: () => ({}) },
      may: { all: SETTLED },
      wrong: (answer, asker, _, { places }) => {
        const entries = (answer['entries'] as { organization: Answer }[]).map(({ organization }) => organization);
        const named = idsOf(places, 'organizationId');
        return (
          listed('entries', 'organizationId', () => named, MANAGERS)({ entries }, asker) ??
          listed('organizations', 'organizationId', () => named, MANAGERS)(answer, asker)
        );
      },
    },
    {
      about: placesIn('query', ...ORGANIZATIONS),
      may: Object.fromEntries(ORGANIZATIONS.map((place) => [place, SETTLED])),
      wrong: (answer, asker, place) =>
        answer['total'] === (MANAGERS[place]?.includes(asker) ? 1 : 0)
          ? undefined
          : `finds ${String(answer['total'])} entries`,
    },
  ],
};

const ORGANIZATION_ROWS: Record<string, Question[]> = {
  'GET /api/organizations/{organizationId}': [
    { about: placesIn('params', ...ORGANIZATIONS), may: ORGANIZATION_SEERS, wrong: wrongOrganization },
  ],
  'POST /api/organizations/{organizationId}/children': [
    {
      about: placesIn('params', ...ORGANIZATIONS, { body: { kind: 'school', name: 'Sample new school' } }),
      may: ADMINISTRATORS,
      seen: SEEN,
      later: ['kind-not-below'],
    },
  ],
  'POST /api/organizations/{organizationId}/invitations': [
    {
      about: places(ORGANIZATIONS, ({ organizationId }, { asker }, world) => ({
        params: { organizationId },
        body: {
          email: `new-${asker}@example.test`,
          role: ['employer', 'other', 'fresh', 'sample-employer'].some(
            (place) => world.places[place]?.organizationId === organizationId,
          )
            ? 'employer-admin'
            : 'leader',
          language: 'en',
        },
      })),
      may: { ...MANAGERS, fresh: REAL_KEEPERS },
      seen: SEEN,
    },
  ],
  'DELETE /api/organizations/{organizationId}/invitations/{invitationId}': [
    {
      about: invitations(),
      may: { ...MANAGERS, 'school, sent': ORGANIZATION_SEERS['school'] ?? [], 'fresh, sent': REAL_KEEPERS },
      seen: SEEN,
    },
  ],
  'POST /api/organizations/{organizationId}/invitations/{invitationId}/link': [
    {
      about: invitations(),
      may: { ...MANAGERS, 'school, sent': MANAGERS['school'] ?? [], 'fresh, sent': REAL_KEEPERS },
      seen: { ...SEEN, 'school, sent': SEEN['school'] ?? [] },
    },
  ],
  'POST /api/organizations/{organizationId}/memberships': [
    {
      about: places(ORGANIZATIONS, ({ organizationId, personId }, _, world) => ({
        params: { organizationId },
        body: {
          personId,
          role: ['employer', 'other', 'fresh', 'sample-employer'].some(
            (place) => world.places[place]?.organizationId === organizationId,
          )
            ? 'employer-member'
            : 'leader',
        },
      })),
      may: MANAGERS,
      seen: SEEN,
    },
    {
      about: Object.fromEntries(
        ['foreign', 'none'].map((name) => [
          `school, person ${name}`,
          ({ places: { school, [name]: other } }: World) => ({
            params: { organizationId: school?.organizationId ?? '' },
            body: { personId: other?.personId ?? NOBODY, role: 'leader' },
          }),
        ]),
      ),
      may: {},
      seen: { 'school, person foreign': SEEN['school'] ?? [], 'school, person none': SEEN['school'] ?? [] },
    },
  ],
  'DELETE /api/organizations/{organizationId}/memberships/{membershipId}': [
    {
      about: {
        ...places(ORGANIZATIONS, ({ organizationId, membershipId }) => ({ params: { organizationId, membershipId } })),
        ...crossed('membershipId', 'school'),
        ...crossed('membershipId', 'employer'),
        'school, own': ({ places: { school } }, { membershipId }) => ({
          params: { organizationId: school?.organizationId ?? '', membershipId },
        }),
        'employer, own': ({ places: { employer } }, { membershipId }) => ({
          params: { organizationId: employer?.organizationId ?? '', membershipId },
        }),
      },
      may: { ...MANAGERS, 'school, own': [...SCHOOL_STAFF, ...LEARNERS], 'employer, own': EMPLOYER },
      seen: { ...SEEN, 'school, own': SEEN['school'] ?? [], 'employer, own': SEEN['employer'] ?? [] },
      later: ['last-administrator'],
    },
  ],
  'POST /api/organizations/{organizationId}/sites': [
    {
      about: placesIn('params', ...ORGANIZATIONS, { body: { name: 'Sample yard', countyFips: '21193' } }),
      may: MANAGERS,
      seen: SEEN,
    },
  ],
  'DELETE /api/organizations/{organizationId}/sites/{siteId}': [
    {
      about: {
        ...places(ORGANIZATIONS, ({ organizationId, siteId }) => ({ params: { organizationId, siteId } })),
        ...crossed('siteId', 'school'),
        ...crossed('siteId', 'employer'),
      },
      may: MANAGERS,
      seen: SEEN,
    },
  ],
};

// ---------------------------------------------------------------------------------------------------------------- employers

function pairs(name: 'real' | 'merged', body?: (pair: { keepId: string }) => unknown): Question['about'] {
  const fill = (pair: { duplicateId: string; keepId: string }): Fill => ({
    params: { duplicateId: pair.duplicateId },
    ...(body ? { body: body(pair) } : {}),
  });
  return {
    [name]: ({ pairs }) => fill(pairs[name]),
    sample: ({ pairs }) => fill(pairs.sample),
    none: () => fill({ duplicateId: NOBODY, keepId: NOBODY }),
  };
}

const EMPLOYER_ROWS: Record<string, Question[]> = {
  'GET /api/employers': [
    {
      about: { all: () => ({ query: { q: 'sample' } }) },
      may: { all: [...REAL_KEEPERS, ...keepers(SAMPLE)] },
      seen: true,
      wrong: listed(
        'employers',
        'organizationId',
        ({ places }) => ['employer', 'sample-employer'].map((name) => [name, places[name]?.organizationId ?? '']),
        { employer: REAL_KEEPERS, 'sample-employer': keepers(SAMPLE) },
      ),
    },
  ],
  'POST /api/employers': [
    {
      about: { new: () => ({ body: { name: 'Sample Brand New Foundry' } }) },
      may: { new: [...REAL_KEEPERS, ...keepers(SAMPLE)] },
      seen: true,
      wrong: (answer, asker) =>
        answer['sample'] === SAMPLE.includes(asker)
          ? undefined
          : 'is synthetic where it is to be real, or the other way',
    },
  ],
  'GET /api/employer-duplicates': [
    {
      about: { all: () => ({}) },
      may: { all: [...OVERSEERS, 'sample-administrator'] },
      seen: true,
      wrong: listed('duplicates', 'duplicateId', ({ pairs }) => idsOf(pairs, 'duplicateId'), {
        real: OVERSEERS,
        merged: OVERSEERS,
        sample: ['sample-administrator'],
      }),
    },
  ],
  'POST /api/employer-duplicates/{duplicateId}/merge': [
    {
      about: pairs('real', ({ keepId }) => ({ keepId })),
      may: { real: OVERSEERS, sample: ['sample-administrator'] },
    },
  ],
  'POST /api/employer-duplicates/{duplicateId}/distinct': [
    { about: pairs('real'), may: { real: OVERSEERS, sample: ['sample-administrator'] } },
  ],
  'POST /api/employer-duplicates/{duplicateId}/undo': [
    { about: pairs('merged'), may: { merged: OVERSEERS, sample: ['sample-administrator'] }, later: ['not-decided'] },
  ],
  'GET /api/organizations/{organizationId}/supervisor-links': [
    {
      about: placesIn('params', ...ORGANIZATIONS),
      may: { employer: ['employer-admin'] },
      seen: SEEN,
      wrong: (answer) => {
        const requirements = answer['requirements'] as { requirementId: string }[];
        const links = answer['links'] as unknown[];
        if (
          requirements.length !== NETWORKS.length - 1 ||
          requirements.some(({ requirementId }) => requirementId !== 'Here-welder')
        )
          return `shows the requirements ${requirements.map(({ requirementId }) => requirementId).join(', ')}`;
        return links.length === 1 ? undefined : `shows ${links.length} links`;
      },
    },
  ],
  'POST /api/organizations/{organizationId}/supervisor-links': [
    {
      about: {
        ...placesIn('params', ...ORGANIZATIONS, { body: aSupervisor('Here-welder') }),
        ...Object.fromEntries(
          [
            ['foreign', 'There-welder'],
            ['none', 'no-such-requirement'],
          ].map(([name, requirementId = '']) => [
            `employer, requirement ${name}`,
            ({ places: { employer } }: World) => ({
              params: { organizationId: employer?.organizationId ?? '' },
              body: aSupervisor(requirementId),
            }),
          ]),
        ),
      },
      may: { employer: ['employer-admin'] },
      seen: {
        ...SEEN,
        'employer, requirement foreign': SEEN['employer'] ?? [],
        'employer, requirement none': SEEN['employer'] ?? [],
      },
    },
  ],
  'DELETE /api/organizations/{organizationId}/supervisor-links/{linkId}': [
    {
      about: {
        ...places(ORGANIZATIONS, ({ organizationId }, _, { links }) => ({
          params: { organizationId, linkId: links.employer.linkId },
        })),
        'employer, linkId foreign': ({ places: { employer }, links }) => ({
          params: { organizationId: employer?.organizationId ?? '', linkId: links.other.linkId },
        }),
        'employer, linkId none': ({ places: { employer } }) => ({
          params: { organizationId: employer?.organizationId ?? '', linkId: NOBODY },
        }),
      },
      may: { employer: ['employer-admin'] },
      seen: SEEN,
    },
  ],
  'POST /api/supervisor-task': [
    {
      about: {
        link: ({ links }) => ({ body: { token: links.employer.token } }),
        none: () => ({ body: { token: NO_TOKEN } }),
      },
      may: { link: EVERYONE },
      open: true,
      refused: ['link-over'],
      wrong: (answer) =>
        (answer['requirement'] as { title: string }).title === 'Welder' ? undefined : 'opens another requirement',
    },
  ],
};

const NO_TOKEN = 'A'.repeat(43);

function aSupervisor(requirementId: string): unknown {
  const email = 'supervisor@example.test';
  return { network: 'region', requirementId, supervisorName: 'Sample Supervisor', email, language: 'en' };
}

// ------------------------------------------------------------------------------------------------------- one's own account

/** Who is to set up a second factor first may see and change how they sign in; who has one to show may not. */
const OWNERS = SIGNED_IN.filter((asker) => asker !== 'code-owed');

const own = (fill: Fill = {}, more: Partial<Question> = {}): Question => ({
  about: { own: () => fill },
  may: { own: OWNERS },
  ...more,
});

/** A part of one's own account, of another's, and one that is not there. */
function ownPart(
  part: 'passkeyId' | 'identityId' | 'sessionId',
  may: readonly Asker[],
  more: Partial<Question> = {},
): Question {
  return {
    about: {
      own: (_, person) => ({ params: { [part]: person[part] } }),
      foreign: ({ elsewhere }) => ({ params: { [part]: elsewhere[part] } }),
      none: () => ({ params: { [part]: NOBODY } }),
    },
    may: { own: may },
    ...more,
  };
}

const REGISTRATION = {
  ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key' },
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' },
};
const ASSERTION = {
  ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key' },
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};

const showsOwn: NonNullable<Question['wrong']> = (answer, _asker, _object, _world, { personId }) =>
  (answer['person'] as Answer | null)?.['personId'] === personId ? undefined : 'shows the account of somebody else';

const ACCOUNT_ROWS: Record<string, Question[]> = {
  'GET /api/profile': [own({}, { wrong: showsOwn })],
  'PATCH /api/profile': [own({ body: { language: 'es' } }, { wrong: showsOwn })],
  'DELETE /api/profile': [own({}, { later: ['last-administrator'] })],
  'PUT /api/profile/password': [own({ body: { password: SAMPLE_PASSWORD } })],
  'POST /api/profile/passkeys/options': [own()],
  'POST /api/profile/passkeys': [
    own({ body: { name: 'Sample key', response: REGISTRATION } }, { later: ['ceremony-over'] }),
  ],
  'DELETE /api/profile/passkeys/{passkeyId}': [ownPart('passkeyId', SETTLED)],
  'POST /api/profile/authenticator': [own()],
  'POST /api/profile/authenticator/confirm': [
    own({ body: { code: '000000' } }, { later: ['authenticator-not-started'] }),
  ],
  'DELETE /api/profile/authenticator': [{ about: { own: () => ({}) }, may: { own: SETTLED } }],
  'DELETE /api/profile/identities/{identityId}': [ownPart('identityId', SETTLED)],
  'DELETE /api/profile/sessions/{sessionId}': [ownPart('sessionId', OWNERS)],
  'DELETE /api/sessions': [{ about: { own: () => ({}) }, may: { own: SIGNED_IN } }],
};

// ------------------------------------------------------------------------------------------------------------------ signing in

/** For everyone; `none` is what opens nothing, for whoever brings it. */
const forAll = (fill: Question['about'], more: Partial<Question> = {}): Question => ({
  about: fill,
  may: Object.fromEntries(Object.keys(fill).map((object) => [object, object === 'none' ? [] : EVERYONE])),
  open: true,
  ...more,
});

const SIGN_IN_ROWS: Record<string, Question[]> = {
  'GET /health/live': [forAll({ server: () => ({}) })],
  'GET /health/ready': [forAll({ server: () => ({}) })],
  'GET /api/regions': [forAll({ all: () => ({}) })],
  'GET /api/regions/{areaId}': [forAll({ none: () => ({ params: { areaId: 'no-such-area' } }) })],
  'GET /api/session': [
    forAll(
      { own: () => ({}) },
      {
        wrong: (answer, asker, ...about) => {
          const memberships = (answer['memberships'] as unknown[]).length;
          const settled = SETTLED.includes(asker) && asker !== 'no-role';
          if (memberships > 0 !== settled) return `shows ${memberships} memberships`;
          if (SIGNED_IN.includes(asker)) return showsOwn(answer, asker, ...about);
          return answer['person'] === null ? undefined : 'shows a person';
        },
      },
    ),
  ],
  'DELETE /api/session': [forAll({ own: () => ({}) })],
  'POST /api/session/password': [
    forAll(
      {
        owner: ({ passwordOwner }) => ({ body: { email: passwordOwner, password: SAMPLE_PASSWORD } }),
        none: (_, { asker }) => ({ body: { email: `nobody-${asker}@example.test`, password: 'a wrong one' } }),
      },
      { refused: ['wrong-password'] },
    ),
  ],
  'POST /api/session/link': [
    forAll({ address: (_, { asker }) => ({ body: { email: `${asker}@nobody.example.test` } }) }),
  ],
  'POST /api/session/link/open': [
    forAll(
      {
        link: ({ signInToken }) => ({ body: { token: signInToken } }),
        none: () => ({ body: { token: NO_TOKEN } }),
      },
      { refused: ['link-unknown'] },
    ),
  ],
  'POST /api/session/passkey/options': [forAll({ all: () => ({}) })],
  'POST /api/session/passkey': [
    forAll({ all: () => ({ body: { response: ASSERTION } }) }, { later: ['ceremony-over'] }),
  ],
  'GET /api/session/providers': [forAll({ all: () => ({}) })],
  'POST /api/session/providers/{providerId}/start': [
    forAll({ none: () => ({ params: { providerId: 'no-such-service' } }) }),
  ],
  'POST /api/session/providers/{providerId}': [
    forAll({ none: () => ({ params: { providerId: 'no-such-service' }, body: { code: 'x', state: 'x' } }) }),
  ],
  'POST /api/session/second-factor': [
    {
      about: { own: () => ({ body: { code: 'not-one-of-the-codes' } }) },
      may: { own: SIGNED_IN },
      later: ['wrong-code', 'enrollment-needed'],
    },
  ],
  'GET /api/development/letters': [{ about: { all: () => ({}) }, may: { all: ['operator'] }, open: true }],
  'GET /api/development/letters/{letterId}': [forAll({ none: () => ({ params: { letterId: NOBODY } }) })],
  'GET /api/development/people': [forAll({ all: () => ({}) })],
  'POST /api/development/session': [forAll({ none: () => ({ body: { personId: NOBODY } }) })],
  'POST /api/invitation/open': [
    forAll(
      {
        link: ({ invitationToken }) => ({ body: { token: invitationToken } }),
        none: () => ({ body: { token: NO_TOKEN } }),
      },
      { refused: ['link-unknown'] },
    ),
  ],
  'POST /api/invitation/accept': [
    forAll(
      {
        link: ({ invitationToken }) => ({ body: { token: invitationToken, name: 'Sample New Leader' } }),
        none: () => ({ body: { token: NO_TOKEN, name: 'Sample Nobody' } }),
      },
      { refused: ['link-unknown'] },
    ),
  ],
  'POST /api/mails/stop': [
    forAll(
      {
        link: ({ stopToken }) => ({ query: { token: stopToken } }),
        none: () => ({ query: { token: NO_TOKEN } }),
      },
      { refused: ['link-unknown'] },
    ),
  ],
  'POST /api/invitation/renew': [
    forAll(
      {
        link: ({ invitationToken }) => ({ body: { token: invitationToken } }),
        none: () => ({ body: { token: NO_TOKEN } }),
      },
      { refused: ['link-unknown'] },
    ),
  ],
};

/** `METHOD /path` as OpenAPI has it → what is asked, and who may. */
export const EXPECTATIONS: Readonly<Record<string, readonly Question[]>> = {
  ...STUDENT_ROWS,
  ...CONSENT_ROWS,
  ...NETWORK_ROWS,
  ...ORGANIZATION_ROWS,
  ...AUDIT_ROWS,
  ...EMPLOYER_ROWS,
  ...ACCOUNT_ROWS,
  ...SIGN_IN_ROWS,
};

function idsOf<Key extends string>(named: Record<string, Record<Key, string>>, key: Key): [string, string][] {
  return Object.entries(named).map(([name, row]) => [name, row[key]]);
}

/** For a list: what is wrong when it holds of the objects known by name another set than whom `may` names sees. */
function listed(
  field: string,
  key: string,
  known: (world: World) => [string, string][],
  may: Readonly<Record<string, readonly Asker[]>>,
): (answer: Answer, asker: Asker, object?: string, world?: World) => string | undefined {
  return (answer, asker, _, world) => {
    const ids = (answer[field] as Answer[]).map((row) => row[key]);
    const wrong = known(world as World).filter(
      ([name, id]) => ids.includes(id) !== (may[name]?.includes(asker) ?? false),
    );
    return wrong.length === 0
      ? undefined
      : wrong.map(([name, id]) => `${ids.includes(id) ? 'lists' : 'lacks'} ${name}`).join(', ');
  };
}
