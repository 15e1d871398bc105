import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: labor-market. The classifications and the bridges between them: SOC 2018, the hybrid codes under which wage and outlook figures are
 * published, CIP 2020, and which programs prepare for which occupations.
 */
export class OccupationAndProgramCodes1764000001120 implements MigrationInterface {
  name = 'OccupationAndProgramCodes1764000001120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE soc_definition (
        soc text PRIMARY KEY CHECK (soc ~ '^[0-9]{2}-[0-9]{4}$'),
        soc_group text NOT NULL CHECK (soc_group IN ('major', 'minor', 'broad', 'detailed')),
        title text NOT NULL,
        definition text,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE TABLE soc_estimate (
        estimate_code text NOT NULL,
        soc text NOT NULL,
        estimate_title text NOT NULL,
        soc_title text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (estimate_code, soc)
      );
      CREATE INDEX soc_estimate_soc ON soc_estimate (soc);
      COMMENT ON TABLE soc_estimate IS 'Each code that estimates are published under and the SOC 2018 occupations it stands for; hybrid codes stand for several';
      CREATE TABLE soc_change (
        soc_2010 text NOT NULL,
        soc_2018 text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (soc_2010, soc_2018)
      );
      CREATE TABLE cip (
        cip_code text PRIMARY KEY CHECK (cip_code ~ '^[0-9]{2}([.][0-9]{2}([0-9]{2})?)?$'),
        title text NOT NULL,
        definition text,
        source_id text NOT NULL REFERENCES reference_source
      );
      CREATE TABLE cip_soc (
        cip_code text NOT NULL REFERENCES cip,
        soc text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (cip_code, soc)
      );
      CREATE INDEX cip_soc_soc ON cip_soc (soc);
      CREATE TABLE cip_occupation (
        cip_code text NOT NULL REFERENCES cip,
        onet_soc text NOT NULL,
        source_id text NOT NULL REFERENCES reference_source,
        PRIMARY KEY (cip_code, onet_soc)
      );
      CREATE INDEX cip_occupation_onet_soc ON cip_occupation (onet_soc);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
