import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: identity. Which optional mails a person does not want; those that somebody has to answer, or signs in by, are not optional. */
export class PersonDeclinesMails1795651204500 implements MigrationInterface {
  name = 'PersonDeclinesMails1795651204500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person ADD COLUMN declined_mails text[] NOT NULL DEFAULT '{}'
        CHECK (declined_mails <@ ARRAY['consent-answered']);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
