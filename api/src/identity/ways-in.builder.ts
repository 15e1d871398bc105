import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** Gives whoever has the address every way to sign in, each with the canary wherever it holds text or bytes, for specs. */
export async function giveWaysIn(source: DataSource, email: string, canary: string): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => source.query(sql, [email, canary, ...values]);
  const person = '(SELECT person_id FROM person WHERE email = $1)';
  const digest = randomUUID();
  await run(`INSERT INTO password (person_id, hash, length_count) VALUES (${person}, 'hash ' || $2, 15)`);
  await run(
    `INSERT INTO passkey (person_id, credential_id, public_key, signature_count, transports, name)
     VALUES (${person}, $2 || $3, convert_to($2, 'UTF8'), 0, ARRAY[$2], $2)`,
    digest,
  );
  await run(
    `INSERT INTO authenticator (person_id, sealed_secret, confirmed_at) VALUES (${person}, convert_to($2, 'UTF8'), now())`,
  );
  await run(`INSERT INTO recovery_code (person_id, digest) VALUES (${person}, convert_to($2, 'UTF8'))`);
  await run(
    `INSERT INTO external_identity (person_id, provider_id, issuer, subject, district) VALUES (${person}, $2, $2, $2 || $3, $2)`,
    digest,
  );
  await run(
    `INSERT INTO ceremony (digest, purpose, person_id, detail, expires_at)
     VALUES (convert_to($2 || $3, 'UTF8'), 'passkey-add', ${person}, jsonb_build_object('of', $2), now() + interval '5 minutes')`,
    digest,
  );
  await run(
    `INSERT INTO sign_in_link (digest, person_id, expires_at) VALUES (convert_to($2 || $3, 'UTF8'), ${person}, now())`,
    digest,
  );
  await run(`UPDATE session SET device = $2 WHERE person_id = ${person}`);
}
