import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: partnerships. What the staleness review noticed: requirements past their review date, or due within 30 days. */
export class CreateRequirementReview1795478405000 implements MigrationInterface {
  name = 'CreateRequirementReview1795478405000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE requirement_review (
        network_id integer NOT NULL,
        requirement_id text COLLATE "C" NOT NULL,
        review_by date NOT NULL,
        state text NOT NULL CHECK (state IN ('due', 'stale')),
        noticed_on date NOT NULL,
        PRIMARY KEY (network_id, requirement_id, review_by, state),
        FOREIGN KEY (network_id, requirement_id) REFERENCES requirement
      );
      COMMENT ON COLUMN requirement_review.review_by IS 'the date that had come up; a new date opens a new row';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
