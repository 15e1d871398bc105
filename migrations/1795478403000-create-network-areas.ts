import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: programs. Labor-market areas and projections that a network's own folder brings. A network without any uses the
 * reference tables of the labor-market room instead.
 */
export class CreateNetworkAreas1795478403000 implements MigrationInterface {
  name = 'CreateNetworkAreas1795478403000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE network_area (
        network_id integer NOT NULL REFERENCES network,
        area_id text COLLATE "C" NOT NULL,
        county_fips text COLLATE "C" NOT NULL,
        PRIMARY KEY (network_id, area_id, county_fips)
      );

      CREATE TABLE network_projection (
        network_id integer NOT NULL REFERENCES network,
        area_id text COLLATE "C" NOT NULL,
        soc text COLLATE "C" NOT NULL,
        source text COLLATE "C" NOT NULL,
        vintage text COLLATE "C" NOT NULL,
        annual_openings double precision NOT NULL CHECK (annual_openings >= 0),
        median_wage_hourly_cents bigint CHECK (median_wage_hourly_cents >= 0),
        PRIMARY KEY (network_id, area_id, soc, source, vintage)
      );
      COMMENT ON COLUMN network_projection.annual_openings IS 'persons per year';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
