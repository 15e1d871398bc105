import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. Where each reference figure comes from: every row of this room names its source, and a source is one vintage of
 * one publication. Reference tables have no tenant: everybody reads the same facts.
 */
export class ReferenceSources1764000001100 implements MigrationInterface {
  name = 'ReferenceSources1764000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reference_source (
        source_id text PRIMARY KEY,
        publisher text NOT NULL,
        name text NOT NULL,
        vintage text NOT NULL,
        vintage_on date,
        review_interval_months integer CHECK (review_interval_months > 0),
        licence text NOT NULL,
        attribution text NOT NULL
      );
      COMMENT ON COLUMN reference_source.vintage_on IS 'Last day that the figures describe, or the day of release for classifications; null when unknown';
      COMMENT ON COLUMN reference_source.review_interval_months IS 'After vintage_on plus these months a newer vintage should exist; null: never';
      COMMENT ON COLUMN reference_source.attribution IS 'To be shown verbatim wherever a figure of this source is shown';
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
