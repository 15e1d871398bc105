import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. Counties on 5-digit FIPS codes: what a region is made of, who is next to whom, and which counties a ZIP code touches.
 */
export class Counties1764000001130 implements MigrationInterface {
  name = 'Counties1764000001130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE county (
        fips text PRIMARY KEY CHECK (fips ~ '^[0-9]{5}$'),
        state text NOT NULL CHECK (state ~ '^[A-Z]{2}$'),
        name text NOT NULL,
        population_count integer,
        rucc smallint CHECK (rucc BETWEEN 1 AND 9),
        commuting_zone text,
        is_appalachian boolean NOT NULL,
        cbsa_code text,
        cbsa_title text,
        cbsa_kind text CHECK (cbsa_kind IN ('metropolitan', 'micropolitan')),
        labor_force_count integer,
        unemployment_share numeric(5, 4) CHECK (unemployment_share BETWEEN 0 AND 1),
        no_high_school_share numeric(5, 4),
        high_school_share numeric(5, 4),
        some_college_share numeric(5, 4),
        bachelor_share numeric(5, 4),
        latitude_degrees numeric(8, 5),
        longitude_degrees numeric(8, 5),
        center_source_id text REFERENCES reference_source
      );
      CREATE INDEX county_commuting_zone ON county (commuting_zone);
      COMMENT ON COLUMN county.rucc IS 'USDA rural-urban continuum code, 1 most urban to 9 most rural; 4-9 is rural';
      CREATE TABLE county_adjacency (
        fips text NOT NULL REFERENCES county,
        neighbor_fips text NOT NULL REFERENCES county,
        shared_edge_count integer NOT NULL,
        PRIMARY KEY (fips, neighbor_fips)
      );
      CREATE TABLE zip_county (
        zip text NOT NULL CHECK (zip ~ '^[0-9]{5}$'),
        fips text NOT NULL REFERENCES county,
        PRIMARY KEY (zip, fips)
      );
      CREATE TABLE county_source (
        figure text PRIMARY KEY,
        source_id text NOT NULL REFERENCES reference_source
      );
      COMMENT ON TABLE county_source IS 'Which source each column of county, and each table beside it, comes from: a county is put together from many';
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
