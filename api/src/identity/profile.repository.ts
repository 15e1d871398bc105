import type { OptionalMail } from '@throughway/contracts/profile';
import type { EntityManager } from 'typeorm';

/** A person's row and how they can sign in, as their own account shows it. Lists are oldest first. */
export interface OwnAccount {
  name: string;
  email: string | null;
  language: 'en' | 'es';
  declinedMails: OptionalMail[];
  passwordSetAt: string | null;
  authenticatorSince: string | null;
  recoveryCodesLeft: number;
  passkeys: { passkeyId: string; name: string; createdAt: string; lastUsedAt: string | null }[];
  identities: { identityId: string; providerId: string; linkedAt: string; lastUsedAt: string | null }[];
}

export async function loadOwnAccount(em: EntityManager, personId: string): Promise<OwnAccount> {
  const rows: { found: OwnAccount }[] = await em.query(
    `SELECT jsonb_build_object(
       'name', p.name, 'email', p.email, 'language', p.language, 'declinedMails', p.declined_mails,
       'passwordSetAt', (SELECT set_at FROM password w WHERE w.person_id = p.person_id),
       'authenticatorSince', (SELECT confirmed_at FROM authenticator a WHERE a.person_id = p.person_id),
       'recoveryCodesLeft',
         (SELECT count(*) FROM recovery_code r WHERE r.person_id = p.person_id AND r.used_at IS NULL),
       'passkeys', coalesce((
         SELECT jsonb_agg(jsonb_build_object('passkeyId', passkey_id, 'name', k.name, 'createdAt', k.created_at,
           'lastUsedAt', last_used_at) ORDER BY k.created_at, passkey_id)
         FROM passkey k WHERE k.person_id = p.person_id), '[]'::jsonb),
       'identities', coalesce((
         SELECT jsonb_agg(jsonb_build_object('identityId', identity_id, 'providerId', provider_id, 'linkedAt', linked_at,
           'lastUsedAt', last_used_at) ORDER BY linked_at, identity_id)
         FROM external_identity i WHERE i.person_id = p.person_id), '[]'::jsonb)
     ) AS found FROM person p WHERE p.person_id = $1`,
    [personId],
  );
  const found = rows[0]?.found;
  if (!found) throw new Error('a session without its person');
  return found;
}

/** Null leaves as it is. */
export async function updatePerson(
  em: EntityManager,
  personId: string,
  {
    name,
    language,
    declinedMails,
  }: { name: string | null; language: 'en' | 'es' | null; declinedMails: readonly OptionalMail[] | null },
): Promise<void> {
  await em.query(
    `UPDATE person SET name = coalesce($2, name), language = coalesce($3, language),
       declined_mails = coalesce($4, declined_mails)
     WHERE person_id = $1`,
    [personId, name, language, declinedMails],
  );
}

/** Where an optional mail reaches somebody; null for whom it is not to reach. */
export async function findMailbox(
  em: EntityManager,
  personId: string,
  mail: OptionalMail,
): Promise<{ recipient: string; language: 'en' | 'es' } | null> {
  const rows: { recipient: string; language: 'en' | 'es' }[] = await em.query(
    `SELECT email AS recipient, language FROM person
     WHERE person_id = $1 AND email IS NOT NULL AND suspended_at IS NULL AND $2 <> ALL(declined_mails)`,
    [personId, mail],
  );
  return rows[0] ?? null;
}

/** Turns one kind of optional mail off. */
export async function declineMail(em: EntityManager, personId: string, mail: OptionalMail): Promise<void> {
  await em.query(
    `UPDATE person SET declined_mails = array_append(declined_mails, $2)
     WHERE person_id = $1 AND removed_at IS NULL AND $2 <> ALL(declined_mails)`,
    [personId, mail],
  );
}
