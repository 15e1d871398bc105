import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. An act by a link that was mailed is recorded, too: with the id of the guardian or student to whom it was mailed, who
 * may have no account (docs/adr/0019, 0020).
 */
export class LinksAct1795651206000 implements MigrationInterface {
  name = 'LinksAct1795651206000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_entry
        DROP CONSTRAINT audit_entry_actor_kind_check,
        DROP CONSTRAINT audit_entry_check,
        ADD CONSTRAINT actor_kind_is_known CHECK (actor_kind IN ('person', 'link', 'operator', 'worker')),
        ADD CONSTRAINT actor_has_id CHECK ((actor_kind IN ('person', 'link')) = (actor_id IS NOT NULL));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
