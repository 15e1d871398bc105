import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. Wages of detailed occupations over the whole country (BLS OEWS), the yardstick beside an area's own. Null is not
 * available or above the top code.
 */
export class NationalWages1764000001150 implements MigrationInterface {
  name = 'NationalWages1764000001150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE national_wage (
        soc text NOT NULL CHECK (soc ~ '^[0-9]{2}-[0-9]{4}$'),
        source_id text NOT NULL REFERENCES reference_source,
        title text NOT NULL,
        employment_count integer,
        employment_relative_error_share numeric(6, 5),
        mean_wage_hourly_cents integer,
        p10_wage_hourly_cents integer,
        median_wage_hourly_cents integer,
        p90_wage_hourly_cents integer,
        mean_wage_annual_cents bigint,
        p10_wage_annual_cents bigint,
        p25_wage_annual_cents bigint,
        median_wage_annual_cents bigint,
        p75_wage_annual_cents bigint,
        p90_wage_annual_cents bigint,
        is_annual_only boolean NOT NULL,
        is_hourly_only boolean NOT NULL,
        PRIMARY KEY (soc, source_id)
      );
      COMMENT ON COLUMN national_wage.is_annual_only IS 'Paid by the school year or the season: there is no hourly wage, and dividing by 2,080 hours would invent one';
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
