import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. Public lists that a coordinator picks from: institutions (IPEDS), industry credentials and licenses, and what a state
 * calls in demand. A network's own institutions and credentials are not here.
 */
export class InstitutionsAndCredentials1764000001160 implements MigrationInterface {
  name = 'InstitutionsAndCredentials1764000001160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reference_institution (
        ipeds_unit_id integer PRIMARY KEY,
        name text NOT NULL,
        city text NOT NULL,
        state text NOT NULL,
        county_fips text REFERENCES county,
        sector smallint,
        level_code smallint,
        control_code smallint,
        highest_offering_code smallint,
        locale_code smallint,
        latitude_degrees numeric(9, 6),
        longitude_degrees numeric(9, 6),
        website text,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE INDEX reference_institution_county ON reference_institution (county_fips);
      CREATE TABLE reference_credential (
        credential_id text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('industry-credential', 'license')),
        state text NOT NULL,
        name text NOT NULL,
        code text,
        issuer_id integer,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE UNIQUE INDEX reference_credential_name ON reference_credential (state, kind, lower(name));
      CREATE INDEX reference_credential_trigram ON reference_credential USING gin (name gin_trgm_ops);
      CREATE TABLE state_in_demand (
        state text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('cip', 'soc')),
        code text NOT NULL,
        title text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (state, kind, code)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
