import { describe, expect, test } from '@jest/globals';
import { type Role, ROLES } from '@throughway/vocabulary/roles';
import { rowScopeOf } from '../database/row-scope.js';
import { anAsker } from '../database/tenants.builder.js';
import type { Actor } from './actor.js';
import { AUTHORIZATION, type Line, RELATIONS } from './authorization.js';
import { admit, grantsOf, may, maySomewhere, openedBy, reachedBy, sightOf, type Terms } from './sight.js';

const LINES = Object.entries(AUTHORIZATION).flatMap(([resource, deeds]) =>
  Object.keys(deeds).map((deed) => `${resource}.${deed}` as Line),
);
const HERE = '10000000-0000-4000-8000-000000000001';
const BELOW = '10000000-0000-4000-8000-000000000002';
const ELSEWHERE = '10000000-0000-4000-8000-000000000003';

/** Terms that say which relation they are for. */
const NAMED: Terms = Object.fromEntries(RELATIONS.map((relation) => [relation, () => `is_${relation}`]));
const asked = (role: Role) => anAsker(role, { organizationId: HERE, within: [HERE, BELOW] });

describe('A sight', () => {
  test('is the grants of the roles held, joined, with its values after those of the statement so far', () => {
    const asker = asked('coordinator');
    const terms: Terms = {
      within: ({ within }) => `s.organization_id = ANY(${within})`,
      record: () => 'never',
      ward: () => 'never',
    };
    expect(sightOf(asker, 'student.read', terms, ['before'])).toEqual({
      sql: '(s.organization_id = ANY($2::uuid[]))',
      values: ['before', [HERE, BELOW]],
      parts: `CASE WHEN s.organization_id = ANY($2::uuid[]) THEN '{record,guardians,populations}'::text[] END`,
    });
  });

  test('is false for what no grant opens: another role, or nobody', () => {
    for (const asker of [
      asked('educator'),
      asked('employer-admin'),
      { actor: null },
      { actor: null, operator: true },
    ]) {
      expect(sightOf(asker, 'student.read', NAMED)).toMatchObject({ sql: 'false', values: [] });
    }
  });

  test('throws for a relation that no term speaks of, whoever asks', () => {
    const { ward, ...without } = NAMED;
    expect(ward).toBeDefined();
    for (const asker of [asked('guardian'), asked('coordinator'), { actor: null }]) {
      expect(() => sightOf(asker, 'student.read', without)).toThrow('student.read: no term says what "ward" is in SQL');
    }
  });

  test.each(ROLES)('of one with the role %s holds on every line what the table grants, and nothing else', (role) => {
    const kind = role.startsWith('employer') ? 'employer' : 'school';
    for (const line of LINES) {
      const granted = grantsOf(line).filter(
        ({ roles, kinds, operator }) =>
          !operator && (!roles || (roles.includes(role) && (!kinds || kinds.includes(kind)))),
      );
      const sql = granted.length > 0 ? `(${granted.map(({ relation }) => `is_${relation}`).join(' OR ')})` : 'false';
      expect([line, sightOf(asked(role), line, NAMED).sql]).toEqual([line, sql]);
    }
  });

  test('joins the parts of every grant that opens a row', () => {
    const both = {
      actor: { personId: HERE, roles: [...asked('student').actor.roles, ...asked('guardian').actor.roles] },
    };
    const { parts } = sightOf(both, 'student.read-own', NAMED);
    expect(parts).toBe(
      `CASE WHEN is_record THEN '{record,guardians,populations}'::text[] END || ` +
        `CASE WHEN is_ward THEN '{record,own-guardian,populations}'::text[] END`,
    );
  });
});

describe('A right', () => {
  const { actor } = asked('administrator');

  test('reaches downward, and nowhere else', () => {
    expect([HERE, BELOW, ELSEWHERE].map((id) => may(actor, 'organization.manage-people', id))).toEqual([
      true,
      true,
      false,
    ]);
    expect(reachedBy(actor, 'organization.manage-people')).toEqual([HERE, BELOW]);
    expect(reachedBy(actor, 'supervisor-link.manage')).toEqual([]);
    expect(reachedBy(null, 'organization.see')).toEqual([]);
  });

  test('over employers is for real ones or for synthetic ones, as the own organization is', () => {
    const employer = { organizationId: ELSEWHERE, kind: 'employer' as const, sample: false };
    expect(openedBy(actor, 'organization.see', employer)).toEqual(['alike']);
    expect(openedBy(actor, 'organization.see', { ...employer, sample: true })).toEqual([]);
    expect(openedBy(actor, 'organization.see', { ...employer, kind: 'school' })).toEqual([]);
    expect(maySomewhere(actor, 'employer.bring', false)).toBe(true);
    expect(maySomewhere(actor, 'employer.bring', true)).toBe(false);
    expect(maySomewhere(asked('leader').actor, 'employer.bring')).toBe(false);
  });

  test('to what is one’s own needs the role that the grant names, or none', () => {
    const there = { organizationId: ELSEWHERE, kind: 'school' as const, sample: false, own: true };
    const { actor: educator } = asked('educator');
    expect(openedBy(educator, 'invitation.revoke', there)).toEqual(['own']);
    expect(openedBy(educator, 'invitation.resend', there)).toEqual([]);
    expect(openedBy(asked('coordinator').actor, 'invitation.resend', there)).toEqual(['own']);
    expect(openedBy(educator, 'invitation.revoke', { ...there, own: false })).toEqual([]);
  });

  test('of a kind of organization is not that of another kind', () => {
    const inRegion = anAsker('administrator', { kind: 'region' }).actor;
    expect(maySomewhere(inRegion, 'employer.decide-duplicates')).toBe(true);
    expect(maySomewhere(actor, 'employer.decide-duplicates')).toBe(false);
  });
});

describe('Who is let in at all', () => {
  const someone = (secondFactor: Actor['secondFactor']) => ({ secondFactor }) as Actor;
  const told = (actor: Actor | null, line: Line): string => {
    try {
      admit(actor, line);
      return 'in';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each<[Line, string, string]>([
    ['public.read', 'in', 'in'],
    ['invitation.answer', 'in', 'in'],
    ['network.read', 'in', 'in'],
    ['network.import', 'in', 'in'],
    ['account.read', 'not-signed-in', 'in'],
    ['student.read', 'not-signed-in', 'second-factor-needed'],
    // One's own, too, but a role of others' as well.
    ['organization.end-membership', 'not-signed-in', 'second-factor-needed'],
    ['invitation.revoke', 'not-signed-in', 'second-factor-needed'],
  ])('%s: a stranger is %s, someone whose second factor is owed %s', (line, stranger, owing) => {
    expect(told(null, line)).toBe(stranger);
    for (const state of ['code-needed', 'enrollment-needed'] as const) expect(told(someone(state), line)).toBe(owing);
    expect(told(someone('settled'), line)).toBe('in');
  });

  test('nobody, by a line that grants nothing', () => {
    const line = 'account.of-no-grant' as Line;
    expect([null, someone('code-needed'), someone('settled')].map((actor) => told(actor, line))).toEqual(
      Array(3).fill('not-allowed'),
    );
  });
});

describe('What the second wall lets through', () => {
  test.each<[Role, object]>([
    ['coordinator', { students: [HERE, BELOW], tenants: [HERE, BELOW], homes: [HERE] }],
    ['educator', { students: [], tenants: [HERE, BELOW], homes: [HERE] }],
    ['leader', { students: [], audited: [], tenants: [HERE, BELOW] }],
    ['administrator', { students: [HERE, BELOW], audited: [HERE, BELOW] }],
    ['employer-member', { students: [], tenants: [], homes: [], employers: [HERE, BELOW], partners: [HERE, BELOW] }],
  ])('follows from the table for a role of %s', (role, scope) => {
    expect(rowScopeOf(asked(role))).toMatchObject({ ...scope, subjects: [], unclaimed: false, every: false });
  });

  test('is one record for a student or a guardian, and no tenant', () => {
    for (const role of ['student', 'guardian'] as const) {
      const asker = anAsker(role, { organizationId: HERE, subjectId: ELSEWHERE });
      expect(rowScopeOf(asker)).toMatchObject({ students: [], subjects: [ELSEWHERE], tenants: [], homes: [HERE] });
    }
  });

  test('is networks, and nobody’s record, for whoever runs the server', () => {
    const scope = rowScopeOf({ actor: null, operator: true });
    expect(scope).toMatchObject({
      person: null,
      students: [],
      subjects: [],
      employers: [],
      unclaimed: true,
      every: true,
    });
  });

  test('is the rows about one employer for whoever holds its link, and no student whom it knows by consent', () => {
    expect(rowScopeOf({ actor: null, linked: [HERE] })).toMatchObject({ partners: [HERE], employers: [], tenants: [] });
  });
});
