import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: intake. An import and its report; progress is written beside the import's own transaction, so that it shows meanwhile. */
export class CreateImportRun1795478407000 implements MigrationInterface {
  name = 'CreateImportRun1795478407000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_run (
        import_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        network_id integer NOT NULL REFERENCES network,
        partial boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('received', 'checking', 'saving', 'aligning', 'done', 'refused', 'failed')),
        received_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        bytes_total bigint NOT NULL CHECK (bytes_total >= 0),
        bytes_read bigint NOT NULL DEFAULT 0,
        rows_read bigint NOT NULL DEFAULT 0,
        rows_saved bigint NOT NULL DEFAULT 0,
        files jsonb NOT NULL DEFAULT '[]',
        notices jsonb NOT NULL DEFAULT '[]',
        error_count integer NOT NULL DEFAULT 0,
        errors jsonb NOT NULL DEFAULT '[]',
        run_id uuid REFERENCES alignment_run,
        CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'refused', 'failed')))
      );
      CREATE INDEX import_run_newest ON import_run (received_at DESC);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
