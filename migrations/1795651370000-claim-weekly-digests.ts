import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: identity. The weekly digest is optional like other mails, and a week has one for each person, however often it is begun. */
export class ClaimWeeklyDigests1795651370000 implements MigrationInterface {
  name = 'ClaimWeeklyDigests1795651370000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person DROP CONSTRAINT person_declined_mails_check,
        ADD CONSTRAINT person_declined_mails_check CHECK (declined_mails <@ ARRAY['consent-answered', 'weekly-digest']),
        ADD COLUMN digest_week_on date CHECK (extract(isodow FROM digest_week_on) = 1);
      COMMENT ON COLUMN person.digest_week_on IS
        'Monday of the last week in which it was looked what waits for them; null = never';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
