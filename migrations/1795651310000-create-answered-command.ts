import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: platform. Commands that were answered, by asker and key, so that one that comes again acts once (docs/adr/0023). An answer may
 * name people: it is read by its own asker alone, and forgotten when the data of somebody whom it names are erased.
 */
export class CreateAnsweredCommand1795651310000 implements MigrationInterface {
  name = 'CreateAnsweredCommand1795651310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE answered_command (
        asker text NOT NULL CHECK (asker <> ''),
        endpoint text NOT NULL,
        key bytea NOT NULL,
        request bytea NOT NULL,
        answer text,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (asker, endpoint, key)
      );
      COMMENT ON COLUMN answered_command.asker IS 'person:<id>, link:<digest of the token> or operator';
      COMMENT ON COLUMN answered_command.key IS 'SHA-256 of the Idempotency-Key';
      COMMENT ON COLUMN answered_command.request IS 'SHA-256 of what was asked';
      COMMENT ON COLUMN answered_command.answer IS 'the JSON text that was sent; null once it was erased';
      CREATE INDEX answered_command_by_time ON answered_command (answered_at);
      ALTER TABLE answered_command ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY owner ON answered_command TO CURRENT_USER USING (true) WITH CHECK (true);
      CREATE POLICY asker ON answered_command TO throughway_app
        USING (asker = (SELECT current_setting('throughway.asker', true)));
      -- Forgets them in time, and reads of them only when they were.
      CREATE POLICY work ON answered_command TO throughway_worker USING (true);
      GRANT SELECT, INSERT ON answered_command TO throughway_app;
      GRANT SELECT (answered_at), DELETE ON answered_command TO throughway_worker;

      -- Forgets what was answered to anybody that holds one of these JSON texts; that it was answered stays.
      CREATE FUNCTION forget_answers(traces text[]) RETURNS void
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        UPDATE answered_command SET answer = NULL
        WHERE EXISTS (SELECT FROM unnest(traces) trace WHERE position(lower(trace) IN lower(answer)) > 0)
      $$;
      REVOKE EXECUTE ON FUNCTION forget_answers(text[]) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION forget_answers(text[]) TO throughway_app, throughway_worker;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
