import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: alignment. Runs are receipts and are kept; results are the current ones, each row naming the run that computed
 * it. A component is a part of the network that no other part can influence, and is solved alone. Names are what the run
 * saw, so that a page is one indexed read.
 */
export class CreateAlignment1795478406000 implements MigrationInterface {
  name = 'CreateAlignment1795478406000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alignment_run (
        run_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        network_id integer NOT NULL REFERENCES network,
        run_number bigint GENERATED ALWAYS AS IDENTITY,
        cause text NOT NULL CHECK (cause IN ('start', 'import', 'nightly', 'change', 'command')),
        as_of date NOT NULL,
        threshold text NOT NULL,
        engine text NOT NULL,
        digest text NOT NULL,
        component_count integer NOT NULL CHECK (component_count >= 0),
        component_solved_count integer NOT NULL CHECK (component_solved_count BETWEEN 0 AND component_count),
        started_at timestamptz NOT NULL,
        finished_at timestamptz NOT NULL,
        totals jsonb NOT NULL
      );
      CREATE UNIQUE INDEX alignment_run_newest ON alignment_run (network_id, run_number DESC);
      COMMENT ON COLUMN alignment_run.digest IS 'of the rows that were read: the whole network, or the components solved';
      COMMENT ON COLUMN alignment_run.totals IS 'of the whole network after this run';

      CREATE TABLE alignment_component (
        network_id integer NOT NULL REFERENCES network,
        component text COLLATE "C" NOT NULL,
        run_id uuid NOT NULL REFERENCES alignment_run,
        institution_ids text[] NOT NULL,
        county_fips text[] NOT NULL,
        PRIMARY KEY (network_id, component)
      );
      COMMENT ON COLUMN alignment_component.county_fips IS 'counties of the employer sites in it';

      CREATE TABLE alignment_cohort (
        network_id integer NOT NULL,
        cohort_id text COLLATE "C" NOT NULL,
        run_id uuid NOT NULL REFERENCES alignment_run,
        component text COLLATE "C" NOT NULL,
        pathway_id text COLLATE "C" NOT NULL,
        pathway_name text NOT NULL,
        institution_id text COLLATE "C" NOT NULL,
        institution_name text NOT NULL,
        county_fips text COLLATE "C" NOT NULL,
        target_socs text[] NOT NULL,
        completes_on date NOT NULL,
        expected_completers integer NOT NULL,
        in_window boolean NOT NULL,
        seated integer,
        seat_share double precision,
        without_seat integer,
        best_coverage double precision,
        credential_relevance double precision,
        flags text[] NOT NULL,
        result jsonb NOT NULL,
        CHECK (seated <= expected_completers),
        PRIMARY KEY (network_id, cohort_id),
        FOREIGN KEY (network_id, cohort_id) REFERENCES cohort
      );
      COMMENT ON COLUMN alignment_cohort.target_socs IS 'seven characters each, unique';
      CREATE INDEX alignment_cohort_without_seat ON alignment_cohort (network_id, without_seat DESC NULLS LAST, cohort_id);
      CREATE INDEX alignment_cohort_seat_share ON alignment_cohort (network_id, seat_share NULLS LAST, cohort_id);
      CREATE INDEX alignment_cohort_coverage ON alignment_cohort (network_id, best_coverage NULLS LAST, cohort_id);
      CREATE INDEX alignment_cohort_name ON alignment_cohort (network_id, pathway_name, cohort_id);
      CREATE INDEX alignment_cohort_completes ON alignment_cohort (network_id, completes_on, cohort_id);
      CREATE INDEX alignment_cohort_county ON alignment_cohort (network_id, county_fips);
      CREATE INDEX alignment_cohort_pathway ON alignment_cohort (network_id, pathway_id, completes_on);

      CREATE TABLE alignment_partnership (
        network_id integer NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        pathway_id text COLLATE "C" NOT NULL,
        run_id uuid NOT NULL REFERENCES alignment_run,
        employer_name text NOT NULL,
        pathway_name text NOT NULL,
        institution_name text NOT NULL,
        county_fips text COLLATE "C" NOT NULL,
        rung smallint NOT NULL CHECK (rung BETWEEN 0 AND 5),
        ladder_order smallint GENERATED ALWAYS AS (CASE rung WHEN 1 THEN 0 WHEN 0 THEN 1 ELSE rung END) STORED,
        flags text[] NOT NULL,
        flagged_since date,
        last_evidence_on date,
        result jsonb NOT NULL,
        PRIMARY KEY (network_id, employer_id, pathway_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer,
        FOREIGN KEY (network_id, pathway_id) REFERENCES pathway
      );
      COMMENT ON COLUMN alignment_partnership.county_fips IS 'of the pathway''s institution';
      COMMENT ON COLUMN alignment_partnership.flagged_since IS 'of its longest-standing flag';
      CREATE INDEX alignment_partnership_ladder
        ON alignment_partnership (network_id, ladder_order, flagged_since NULLS LAST, employer_id, pathway_id);
      CREATE INDEX alignment_partnership_county ON alignment_partnership (network_id, county_fips);

      CREATE TABLE alignment_county (
        network_id integer NOT NULL REFERENCES network,
        county_fips text COLLATE "C" NOT NULL,
        run_id uuid NOT NULL REFERENCES alignment_run,
        promised_seats integer NOT NULL CHECK (promised_seats >= 0),
        posted_headcount integer NOT NULL CHECK (posted_headcount >= 0),
        PRIMARY KEY (network_id, county_fips)
      );
      COMMENT ON TABLE alignment_county IS 'demand of live requirements by the county of their site';

      CREATE TABLE alignment_total (
        network_id integer NOT NULL REFERENCES network,
        region_id text COLLATE "C" NOT NULL,
        run_id uuid NOT NULL REFERENCES alignment_run,
        region_name text NOT NULL,
        county_fips text[],
        totals jsonb NOT NULL,
        PRIMARY KEY (network_id, region_id)
      );
      COMMENT ON COLUMN alignment_total.region_id IS 'area id; empty = the whole network, whose county_fips is null';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
