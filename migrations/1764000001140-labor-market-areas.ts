import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. Projected demand (DOMAIN 4.1, third tier): areas, their counties, and per occupation the projected openings and wages.
 * Ten-year totals and thousands became persons per year when they were loaded, annual wages hourly cents over 2,080 hours.
 */
export class LaborMarketAreas1764000001140 implements MigrationInterface {
  name = 'LaborMarketAreas1764000001140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE labor_area (
        area_id text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('nation', 'state', 'workforce-area')),
        state text,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE TABLE labor_area_county (
        area_id text NOT NULL REFERENCES labor_area,
        fips text NOT NULL REFERENCES county,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (area_id, fips)
      );
      CREATE INDEX labor_area_county_fips ON labor_area_county (fips);
      CREATE TABLE labor_projection (
        area_id text NOT NULL REFERENCES labor_area,
        soc text NOT NULL CHECK (soc ~ '^[0-9]{2}-[0-9]{4}$'),
        source_id text NOT NULL REFERENCES reference_source,
        title text NOT NULL,
        employment_count integer,
        projected_employment_count integer,
        employment_change_count integer,
        growth_share numeric(9, 6),
        annual_openings numeric(12, 1),
        mean_wage_hourly_cents integer,
        entry_wage_hourly_cents integer,
        p25_wage_hourly_cents integer,
        median_wage_hourly_cents integer,
        p75_wage_hourly_cents integer,
        experienced_wage_hourly_cents integer,
        is_median_wage_top_coded boolean NOT NULL,
        entry_education text CHECK (entry_education IN ('none', 'high-school', 'some-college', 'postsecondary-certificate',
          'associate', 'bachelor', 'master', 'doctoral')),
        work_experience text CHECK (work_experience IN ('none', 'under-5-years', '5-years-or-more')),
        on_the_job_training text CHECK (on_the_job_training IN ('none', 'short-term', 'moderate-term', 'long-term',
          'apprenticeship', 'internship-residency')),
        PRIMARY KEY (area_id, soc, source_id)
      );
      CREATE INDEX labor_projection_soc ON labor_projection (soc);
      COMMENT ON COLUMN labor_projection.soc IS 'As published: may be a hybrid code of soc_estimate';
      CREATE TABLE labor_turnover (
        area_id text NOT NULL REFERENCES labor_area,
        soc text NOT NULL CHECK (soc ~ '^[0-9]{2}-[0-9]{4}$'),
        source_id text NOT NULL REFERENCES reference_source,
        annual_exits numeric(12, 1),
        annual_transfers numeric(12, 1),
        PRIMARY KEY (area_id, soc, source_id)
      );
      COMMENT ON TABLE labor_turnover IS 'The openings of labor_projection that come from people leaving: the labor force (exits) or the occupation (transfers)';
      CREATE TABLE labor_area_total (LIKE labor_projection INCLUDING CONSTRAINTS);
      ALTER TABLE labor_area_total DROP COLUMN soc, DROP COLUMN entry_education, DROP COLUMN work_experience,
        DROP COLUMN on_the_job_training, ADD PRIMARY KEY (area_id, source_id),
        ADD FOREIGN KEY (area_id) REFERENCES labor_area, ADD FOREIGN KEY (source_id) REFERENCES reference_source;
      COMMENT ON TABLE labor_area_total IS 'A source''s own total over all occupations of an area, kept apart so that sums cannot count it twice';
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
