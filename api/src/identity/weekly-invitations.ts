import type { EntityManager } from 'typeorm';
import { reachedBy, sightOf } from '../platform/auth/sight.js';
import { inSchools, sayCount, type WeeklyReader, type WeeklySection } from '../platform/mail/weekly-section.js';
import { countWaitingInvitations } from './invitations.repository.js';

/**
 * Invitations that nobody has answered, for who may take them back: staff's, and students' and guardians' for who keeps their
 * records. One that has run out is told of once, in the week after.
 */
export async function weeklyInvitations(
  em: EntityManager,
  { actor, language, now, since }: WeeklyReader,
): Promise<WeeklySection | null> {
  const keeper = inSchools(actor);
  const kept = reachedBy(keeper, 'student.manage');
  if (kept.length === 0) return null;
  const staff = sightOf({ actor: keeper }, 'invitation.revoke', {
    own: ({ value }) =>
      `(i.invited_by_id = ${value(actor.personId, 'uuid')} AND i.organization_id = ANY(${value(kept, 'uuid[]')}))`,
    within: ({ within }) => `i.organization_id = ANY(${within})`,
  });
  const families = sightOf(
    { actor: keeper },
    'student.manage',
    { within: ({ within }) => `i.organization_id = ANY(${within})` },
    staff.values,
  );
  const sight = {
    sql: `CASE WHEN i.subject_id IS NULL THEN ${staff.sql} ELSE ${families.sql} END`,
    values: families.values,
  };
  const { open, ranOut } = await countWaitingInvitations(em, sight, { now, since });
  if (open + ranOut === 0) return null;
  return language === 'es' ? inSpanish(open, ranOut) : inEnglish(open, ranOut);
}

function inEnglish(open: number, ranOut: number): WeeklySection {
  return {
    title: 'Invitations',
    waiting: [
      ...(open > 0
        ? [sayCount(open, 'en', 'One invitation has no answer yet.', '# invitations have no answer yet.')]
        : []),
      ...(ranOut > 0
        ? [
            sayCount(
              ranOut,
              'en',
              'One invitation ran out in the last seven days. You can invite again.',
              '# invitations ran out in the last seven days. You can invite again.',
            ),
          ]
        : []),
    ],
    changed: [],
    page: { path: '/organizations', label: 'See my organizations' },
  };
}

function inSpanish(open: number, ranOut: number): WeeklySection {
  return {
    title: 'Invitaciones',
    waiting: [
      ...(open > 0
        ? [sayCount(open, 'es', 'Una invitación no tiene respuesta aún.', '# invitaciones no tienen respuesta aún.')]
        : []),
      ...(ranOut > 0
        ? [
            sayCount(
              ranOut,
              'es',
              'Una invitación venció en los últimos siete días. Puede invitar de nuevo.',
              '# invitaciones vencieron en los últimos siete días. Puede invitar de nuevo.',
            ),
          ]
        : []),
    ],
    changed: [],
    page: { path: '/organizations', label: 'Ver mis organizaciones' },
  };
}
