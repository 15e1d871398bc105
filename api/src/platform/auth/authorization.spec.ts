import { describe, expect, test } from '@jest/globals';
import { type Role, ROLES, ROLES_OF } from '@throughway/vocabulary/roles';
import { AUTHORIZATION, type Grant, type Relation } from './authorization.js';

const LINES: [string, readonly Grant[]][] = Object.entries(AUTHORIZATION).flatMap(([resource, deeds]) =>
  Object.entries(deeds as Record<string, readonly Grant[]>).map(([deed, grants]): [string, readonly Grant[]] => [
    `${resource}.${deed}`,
    grants,
  ]),
);
const GRANTS = LINES.flatMap(([line, grants]) => grants.map((grant) => ({ line, grant })));
const linesOf = (...resources: string[]) => GRANTS.filter(({ line }) => resources.includes(line.split('.')[0] ?? ''));
const grantsOf = (line: string) => GRANTS.filter((one) => one.line === line).map(({ grant }) => grant);
const linesFor = (...roles: Role[]) => [
  ...new Set(GRANTS.filter(({ grant }) => grant.roles?.some((role) => roles.includes(role))).map(({ line }) => line)),
];

describe('The table', () => {
  test('grants every line to somebody', () => {
    expect(LINES.filter(([, grants]) => grants.length === 0)).toEqual([]);
  });

  test('asks for a role wherever the object is not the asker’s own, by link, synthetic, or for anyone', () => {
    const open: Relation[] = ['anyone', 'own', 'link', 'sample'];
    const loose = GRANTS.filter(({ grant }) => !grant.roles && !grant.operator && !open.includes(grant.relation));
    expect(loose).toEqual([]);
  });

  test('names no grant that nobody could hold: each role exists in a kind of organization that the grant is for', () => {
    const idle = GRANTS.flatMap(({ line, grant: { roles = [], kinds } }) =>
      roles
        .filter((role) => kinds && !kinds.some((kind) => ROLES_OF[kind].includes(role)))
        .map((role) => [line, role, kinds]),
    );
    expect(idle).toEqual([]);
    expect(GRANTS.filter(({ grant }) => grant.roles?.length === 0)).toEqual([]);
  });

  test('gives whoever runs the server networks, and what the server does by itself, and no person but by a development machine’s letters', () => {
    const lines = new Set(GRANTS.filter(({ grant }) => grant.operator).map(({ line }) => line.split('.')[0]));
    expect([...lines].sort()).toEqual(['job', 'letter', 'mail', 'network', 'partnership', 'system']);
  });

  test('knows every role', () => {
    expect(ROLES.filter((role) => linesFor(role).length === 0)).toEqual([]);
  });
});

describe("Students' records", () => {
  /** Who may stand in a grant of this relation, wherever it is about a student. */
  const HOLDERS: Partial<Record<Relation, readonly Role[]>> = {
    within: ['administrator', 'coordinator'],
    record: ['student'],
    eligible: ['student'],
    ward: ['guardian'],
    giver: ['student', 'guardian'],
    consent: ['employer-admin', 'employer-member'],
    link: [],
  };

  test('are for their school’s administrators and coordinators, the student, a guardian, and whom consent names', () => {
    const about = linesOf('student', 'consent', 'disclosure', 'shared-student');
    expect(about.length).toBeGreaterThan(5);
    const wrong = about.filter(
      ({ grant: { relation, roles = [] } }) => !roles.every((role) => HOLDERS[relation]?.includes(role)),
    );
    expect(wrong).toEqual([]);
  });

  test.each(['educator', 'leader'] as const)('are not for an %s', (role) => {
    expect(linesFor(role).filter((line) => /student|consent|disclosure/.test(line))).toEqual([]);
  });

  test('reach employers by consent alone', () => {
    const lines = linesFor('employer-admin', 'employer-member').filter((line) =>
      /student|consent|disclosure/.test(line),
    );
    expect(lines).toEqual(['shared-student.read']);
    expect(grantsOf('shared-student.read').map(({ relation }) => relation)).toEqual(['consent']);
  });

  test('show a guardian nothing of the others whom the record names', () => {
    for (const { line, grant } of linesOf('student')) {
      if (grant.relation === 'ward') expect([line, grant.parts?.includes('guardians')]).toEqual([line, false]);
    }
  });

  test('are kept by their school alone', () => {
    for (const line of ['student.manage', 'student.search', 'student.erase']) {
      expect([line, grantsOf(line).map(({ relation }) => relation)]).toEqual([line, ['within']]);
    }
  });
});

describe('Partnerships', () => {
  test('are counted above the school, and not read there', () => {
    const reading = grantsOf('partnership.read');
    expect(reading.map(({ relation }) => relation)).not.toContain('above');
    for (const { relation, kinds } of reading) {
      if (relation !== 'within' && relation !== 'school') continue;
      expect([relation, kinds]).toEqual([relation, expect.arrayContaining(['school', 'college', 'district'])]);
      expect(kinds?.filter((kind) => kind === 'region' || kind === 'state' || kind === 'employer')).toEqual([]);
    }
  });

  test('are read by no student, no guardian, and by an employer only where it is the partner', () => {
    for (const { grant } of linesOf('partnership')) {
      for (const role of grant.roles ?? []) {
        if (role.startsWith('employer')) expect(grant.relation).toBe('party');
        else expect(role).not.toMatch(/student|guardian/);
      }
    }
  });
});

describe('Other deeds', () => {
  test('students and guardians do nothing but read what is theirs, answer for it, and leave', () => {
    expect(linesFor('student', 'guardian').sort()).toEqual([
      'consent.answer',
      'consent.read',
      'consent.read-own',
      'consent.withdraw',
      'disclosure.read',
      'network.read',
      'organization.see',
      'student.read',
      'student.read-own',
    ]);
  });

  test('whether two employers are one is for administrators of a region or a state', () => {
    expect(grantsOf('employer.decide-duplicates')).toEqual([
      { relation: 'alike', roles: ['administrator'], kinds: ['region', 'state'] },
    ]);
  });

  test('people are managed by those alone who manage people, and never from outside the organization', () => {
    for (const line of ['organization.manage-people', 'organization.manage-sites']) {
      expect([line, grantsOf(line)]).toEqual([
        line,
        [{ relation: 'within', roles: ['administrator', 'employer-admin'] }],
      ]);
    }
  });
});
