import { MANAGING_ROLES, type OrganizationKind, type Role, ROLES } from '@throughway/vocabulary/roles';

/**
 * How the one who asks stands to the object:
 * `anyone` needs no sign-in; `own`: it is of who asks, their account, a session, a role that they hold, an invitation that they sent;
 * `within`: the object's organization is the role's own, or below it, or was merged into it; `tenant`: it is the role's own;
 * `above`: it is the role's own or above it, so that a school reads what its region keeps for all; `school`: the institution that
 * a partnership is with is one of those below; `alike`: an employer that is synthetic as the role's organization is, or real as it
 * is; `sample`: the object is synthetic; `unclaimed`: a network that came before there were tenants and belongs to nobody yet;
 * `every`: whatever there is;
 * `record`: the role stands for this student; `ward`: the record names the role's holder as guardian, and the rights have not
 * moved to the student (34 CFR 99.5); `eligible`: the role stands for this student, with whom the rights are (34 CFR 99.3);
 * `giver`: it was the asker who gave this consent; `consent`: the role's employer is named in a consent that is in force;
 * `party`: the role's employer is the one that the partnership is with;
 * `link`: whoever holds a link that was mailed for this one thing.
 */
export const RELATIONS = [
  'anyone',
  'own',
  'within',
  'tenant',
  'above',
  'school',
  'alike',
  'sample',
  'unclaimed',
  'every',
  'record',
  'ward',
  'eligible',
  'giver',
  'consent',
  'party',
  'link',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** Who may: with `roles`, those who hold one of them, in an organization of `kinds` if given; without, everyone of that relation. */
export interface Grant {
  relation: Relation;
  roles?: readonly Role[];
  /** Only whoever runs the server: at the machine itself, or with its token. */
  operator?: true;
  kinds?: readonly OrganizationKind[];
  /** What of the object's parts is shown; absent = every part. */
  parts?: readonly string[];
}

export const SCHOOL_KINDS: readonly OrganizationKind[] = ['school', 'college', 'district'];
const OVERSEERS: readonly OrganizationKind[] = ['region', 'state'];
const KEEPERS: readonly Role[] = ['administrator', 'coordinator'];
const STAFF: readonly Role[] = ['administrator', 'coordinator', 'educator', 'leader'];
const EMPLOYERS: readonly Role[] = ['employer-admin', 'employer-member'];
const LEARNERS: readonly Role[] = ['student', 'guardian'];

const ANYONE: Grant = { relation: 'anyone' };
const OWN: Grant = { relation: 'own' };
const BY_LINK: Grant = { relation: 'link' };

const IN_SCHOOL: Grant = { relation: 'within', roles: KEEPERS, parts: ['record', 'guardians', 'populations'] };
const AS_STUDENT: Grant = { relation: 'record', roles: ['student'], parts: ['record', 'guardians', 'populations'] };
/** A guardian learns nothing of the others whom the record names. */
const AS_GUARDIAN: Grant = { relation: 'ward', roles: ['guardian'], parts: ['record', 'own-guardian', 'populations'] };

/** Who signed a consent. A guardian learns nothing of the others whom the record names. */
const SIGNED_IN_SCHOOL: Grant = { relation: 'within', roles: KEEPERS, parts: ['signer'] };
const SIGNED_BY_STUDENT: Grant = { relation: 'record', roles: ['student'], parts: ['signer'] };
const RIGHTS_HOLDER: readonly Grant[] = [
  { relation: 'eligible', roles: ['student'] },
  { relation: 'ward', roles: ['guardian'] },
];

/**
 * The authorization table: resource → deed → who may, by which relation, and what they see of it. Every endpoint names its line
 * (`@Handles`), every `where` is compiled from it and the rows that the database lets through are derived from it (`sight.ts`),
 * and nothing else decides. What no line grants is refused. Sources: DOMAIN 2 and 4.5, TRUST S1–S4.
 */
export const AUTHORIZATION = {
  /** What everybody reads: the server's state, regions from public data, ways to sign in. */
  public: { read: [ANYONE] },
  /** Opening, changing and ending one's own session. */
  session: { open: [ANYONE], read: [ANYONE], end: [ANYONE] },
  account: { read: [OWN], change: [OWN], erase: [OWN] },
  invitation: {
    /** Opening and accepting it, and asking for a fresh link. */
    answer: [BY_LINK],
    revoke: [OWN, { relation: 'within', roles: MANAGING_ROLES }],
    /** Whoever mails it again answers for it, and so must be one who could send it today. */
    resend: [
      { relation: 'own', roles: KEEPERS },
      { relation: 'within', roles: MANAGING_ROLES },
    ],
  },
  organization: {
    /** Name, parents, children, sites. */
    see: [
      { relation: 'within', roles: ROLES },
      { relation: 'alike', roles: KEEPERS },
    ],
    /** Who works there; students and guardians are never among them. */
    'see-people': [{ relation: 'within', roles: [...STAFF, ...EMPLOYERS] }],
    invite: [
      { relation: 'within', roles: MANAGING_ROLES },
      /** An employer's first administrator, as long as it has none. */
      { relation: 'alike', roles: KEEPERS },
    ],
    /** Giving roles to who is there already. */
    'manage-people': [{ relation: 'within', roles: MANAGING_ROLES }],
    'end-membership': [OWN, { relation: 'within', roles: MANAGING_ROLES }],
    'manage-sites': [{ relation: 'within', roles: MANAGING_ROLES }],
    'add-children': [{ relation: 'within', roles: ['administrator'] }],
  },
  employer: {
    /** Finding and adding employers. */
    bring: [{ relation: 'alike', roles: KEEPERS }],
    /** Deciding whether two are one: a wrong merge would give one employer's people another's data. */
    'decide-duplicates': [{ relation: 'alike', roles: ['administrator'], kinds: OVERSEERS }],
  },
  'supervisor-link': {
    manage: [{ relation: 'within', roles: ['employer-admin'] }],
    open: [BY_LINK],
  },
  student: {
    read: [IN_SCHOOL, AS_STUDENT, AS_GUARDIAN],
    /** The list, and looking for someone in it. */
    search: [IN_SCHOOL],
    'read-own': [AS_STUDENT, AS_GUARDIAN],
    /** Importing records, inviting and unlinking whom a record names. */
    manage: [{ relation: 'within', roles: KEEPERS }],
    /** Whole, and for good. */
    erase: [{ relation: 'within', roles: ['administrator'] }],
  },
  /** What of a student's record may be shown to an employer. */
  consent: {
    ask: [{ relation: 'within', roles: KEEPERS }],
    read: [SIGNED_IN_SCHOOL, SIGNED_BY_STUDENT, { relation: 'ward', roles: ['guardian'] }],
    'read-own': [SIGNED_BY_STUDENT, { relation: 'ward', roles: ['guardian'] }],
    /** Giving and declining is for the rights holder of today alone. */
    answer: RIGHTS_HOLDER,
    /** A school need not show what it may, and takes back what it asked. */
    withdraw: [...RIGHTS_HOLDER, { relation: 'giver', roles: LEARNERS }, { relation: 'within', roles: KEEPERS }],
    /** All of this for whom the record names and who has no account. */
    'by-link': [BY_LINK],
  },
  disclosure: {
    /** Source: 34 CFR 99.32(c). */
    read: [
      { relation: 'within', roles: KEEPERS },
      { relation: 'record', roles: ['student'] },
      { relation: 'ward', roles: ['guardian'] },
    ],
  },
  /** The parts of a record that a consent names, as its recipient sees them. */
  'shared-student': { read: [{ relation: 'consent', roles: EMPLOYERS }] },
  network: {
    /** The board, pathways and the runs behind them. */
    read: [
      { relation: 'sample' },
      { relation: 'within', roles: STAFF },
      { relation: 'above', roles: [...STAFF, ...LEARNERS] },
      { relation: 'unclaimed', roles: ['administrator'], kinds: OVERSEERS },
      { relation: 'unclaimed', operator: true },
    ],
    /** Uploading rows, and reading what became of an upload. */
    import: [
      { relation: 'within', roles: KEEPERS },
      { relation: 'every', operator: true },
    ],
    /** Making an organization the tenant of a new network, or of one that came before there were tenants. */
    claim: [
      { relation: 'within', roles: ['administrator'] },
      { relation: 'unclaimed', roles: ['administrator'], kinds: OVERSEERS },
    ],
  },
  /** Who sees flags: the school concerned and the employer; others of the tenant's tree, as a region, see counts. */
  partnership: {
    count: [
      { relation: 'sample' },
      { relation: 'within', roles: STAFF },
      { relation: 'above', roles: STAFF },
      { relation: 'unclaimed', roles: ['administrator'], kinds: OVERSEERS },
      { relation: 'unclaimed', operator: true },
    ],
    read: [
      { relation: 'sample' },
      /** The tenant keeps the rows. */
      { relation: 'tenant', roles: STAFF },
      { relation: 'within', roles: STAFF, kinds: SCHOOL_KINDS },
      { relation: 'school', roles: STAFF, kinds: SCHOOL_KINDS },
      { relation: 'party', roles: EMPLOYERS },
      { relation: 'unclaimed', operator: true },
    ],
  },
  /** Work that the server does by itself; one that is of no network and no school is its operator's alone to see. */
  job: {
    read: [
      { relation: 'within', roles: ['administrator'] },
      { relation: 'every', operator: true },
    ],
    /** One that failed for good gets its tries again. */
    retry: [
      { relation: 'within', roles: ['administrator'] },
      { relation: 'every', operator: true },
    ],
  },
  /** How the server is, in counts: nothing of anybody. */
  system: {
    read: [
      { relation: 'every', roles: ['administrator'], kinds: OVERSEERS },
      { relation: 'every', operator: true },
    ],
  },
  mail: {
    /** Whether mails went out; a mail is of no tenant. */
    read: [{ relation: 'every', operator: true }],
    /** Having no more of one kind. */
    stop: [BY_LINK],
  },
  /** What the server wrote to people: at the machine itself alone, in development, where it serves sample people. */
  letter: { read: [{ relation: 'every', operator: true }] },
  audit: {
    search: [{ relation: 'within', roles: MANAGING_ROLES }],
  },
} as const satisfies Record<string, Record<string, readonly Grant[]>>;

type Table = typeof AUTHORIZATION;
export type Resource = keyof Table;
export type DeedOf<R extends Resource> = keyof Table[R] & string;
/** A line of the table, as `student.read`. */
export type Line = { [R in Resource]: `${R}.${DeedOf<R>}` }[Resource];
