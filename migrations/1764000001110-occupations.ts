import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. What O*NET says of an occupation: skills, knowledge, tools, tasks, titles, preparation. Null is suppressed, not relevant
 * or absent, and the flags beside it say which; it is never zero.
 */
export class Occupations1764000001110 implements MigrationInterface {
  name = 'Occupations1764000001110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE occupation (
        onet_soc text PRIMARY KEY CHECK (onet_soc ~ '^[0-9]{2}-[0-9]{4}[.][0-9]{2}$'),
        soc text NOT NULL GENERATED ALWAYS AS (left(onet_soc, 7)) STORED,
        title text NOT NULL,
        description text,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE INDEX occupation_soc ON occupation (soc);
      CREATE TABLE skill_element (
        element_id text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('skill', 'knowledge')),
        name text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE TABLE occupation_skill (
        onet_soc text NOT NULL REFERENCES occupation,
        element_id text NOT NULL REFERENCES skill_element,
        importance numeric(3, 2) CHECK (importance BETWEEN 1 AND 5),
        importance_suppressed boolean NOT NULL,
        level numeric(3, 2) CHECK (level BETWEEN 0 AND 7),
        level_suppressed boolean NOT NULL,
        level_not_relevant boolean NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, element_id),
        CHECK (NOT (importance_suppressed AND importance IS NOT NULL)),
        CHECK (NOT ((level_suppressed OR level_not_relevant) AND level IS NOT NULL))
      );
      CREATE TABLE occupation_technology (
        onet_soc text NOT NULL REFERENCES occupation,
        example text NOT NULL,
        commodity_title text NOT NULL,
        is_hot boolean NOT NULL,
        is_in_demand boolean NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, example, commodity_title)
      );
      CREATE TABLE occupation_tool (
        onet_soc text NOT NULL REFERENCES occupation,
        commodity_title text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, commodity_title)
      );
      CREATE TABLE task (
        task_id integer PRIMARY KEY,
        onet_soc text NOT NULL REFERENCES occupation,
        statement text NOT NULL,
        kind text CHECK (kind IN ('core', 'supplemental')),
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE INDEX task_onet_soc ON task (onet_soc);
      CREATE TABLE dwa (
        dwa_id text PRIMARY KEY,
        title text NOT NULL,
        iwa_id text NOT NULL,
        iwa_title text NOT NULL,
        element_id text NOT NULL,
        element_name text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source
      );
      COMMENT ON TABLE dwa IS 'Detailed work activities, with the intermediate activity and the element above each';
      CREATE TABLE task_dwa (
        task_id integer NOT NULL REFERENCES task,
        dwa_id text NOT NULL REFERENCES dwa,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (task_id, dwa_id)
      );
      CREATE INDEX task_dwa_dwa_id ON task_dwa (dwa_id);
      CREATE TABLE alternate_title (
        onet_soc text NOT NULL REFERENCES occupation,
        title text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, title)
      );
      CREATE INDEX alternate_title_trigram ON alternate_title USING gin (title gin_trgm_ops);
      CREATE TABLE occupation_education (
        onet_soc text NOT NULL REFERENCES occupation,
        scale text NOT NULL CHECK (scale IN ('required-education', 'related-experience', 'on-site-training', 'on-the-job-training')),
        category integer NOT NULL,
        respondent_share numeric(6, 5) CHECK (respondent_share BETWEEN 0 AND 1),
        is_suppressed boolean NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, scale, category)
      );
      CREATE TABLE job_zone (
        onet_soc text PRIMARY KEY REFERENCES occupation,
        zone smallint NOT NULL CHECK (zone BETWEEN 1 AND 5),
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE TABLE related_occupation (
        onet_soc text NOT NULL REFERENCES occupation,
        related_onet_soc text NOT NULL REFERENCES occupation,
        tier text NOT NULL,
        rank integer NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (onet_soc, related_onet_soc)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
