import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: identity. Pairs of employers that may be one; a person decides, the decision is kept, and it can be taken back. */
export class CreateEmployerDuplicate1795564805000 implements MigrationInterface {
  name = 'CreateEmployerDuplicate1795564805000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE employer_duplicate (
        duplicate_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        first_id uuid NOT NULL REFERENCES organization,
        second_id uuid NOT NULL REFERENCES organization,
        reasons text[] NOT NULL CHECK (reasons <> '{}'),
        proposed_at timestamptz NOT NULL DEFAULT now(),
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'distinct')),
        UNIQUE (first_id, second_id),
        CHECK (first_id < second_id)
      );
      CREATE INDEX employer_duplicate_open ON employer_duplicate (proposed_at) WHERE state = 'open';

      CREATE TABLE employer_duplicate_decision (
        decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        duplicate_id uuid NOT NULL REFERENCES employer_duplicate,
        decision text NOT NULL CHECK (decision IN ('merged', 'distinct', 'undone')),
        kept_id uuid REFERENCES organization,
        merged_id uuid REFERENCES organization,
        decided_by_id uuid NOT NULL REFERENCES person,
        decided_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((kept_id IS NOT NULL) = (decision = 'merged')),
        CHECK ((merged_id IS NOT NULL) = (decision = 'merged'))
      );
      COMMENT ON COLUMN employer_duplicate_decision.merged_id IS
        'what was pointed at kept_id: not always of the pair itself, which may have been merged elsewhere before';
      CREATE INDEX employer_duplicate_decision_by_duplicate ON employer_duplicate_decision (duplicate_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
