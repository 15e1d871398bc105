import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owner: programs. What schools teach: institutions, pathways, their versions, units and cohorts, and who teaches them. */
export class CreatePrograms1795478402000 implements MigrationInterface {
  name = 'CreatePrograms1795478402000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE skill (
        network_id integer NOT NULL REFERENCES network,
        skill_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (network_id, skill_id)
      );

      CREATE TABLE credential (
        network_id integer NOT NULL REFERENCES network,
        credential_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (network_id, credential_id)
      );

      CREATE TABLE institution (
        network_id integer NOT NULL REFERENCES network,
        institution_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        county_fips text COLLATE "C" NOT NULL,
        reach text[],
        PRIMARY KEY (network_id, institution_id)
      );
      COMMENT ON COLUMN institution.reach IS 'declared county FIPS codes; null = the commuting zone of county_fips';
      CREATE INDEX institution_by_county ON institution (network_id, county_fips);

      CREATE TABLE pathway (
        network_id integer NOT NULL,
        pathway_id text COLLATE "C" NOT NULL,
        institution_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        cip text,
        target_socs text[] NOT NULL,
        PRIMARY KEY (network_id, pathway_id),
        FOREIGN KEY (network_id, institution_id) REFERENCES institution
      );
      CREATE INDEX pathway_by_institution ON pathway (network_id, institution_id);

      CREATE TABLE pathway_version (
        network_id integer NOT NULL,
        version_id text COLLATE "C" NOT NULL,
        pathway_id text COLLATE "C" NOT NULL,
        adopted_on date NOT NULL,
        PRIMARY KEY (network_id, version_id),
        FOREIGN KEY (network_id, pathway_id) REFERENCES pathway
      );
      CREATE INDEX pathway_version_by_pathway ON pathway_version (network_id, pathway_id);

      CREATE TABLE unit (
        network_id integer NOT NULL,
        unit_id text COLLATE "C" NOT NULL,
        version_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        hours double precision NOT NULL CHECK (hours >= 0),
        PRIMARY KEY (network_id, unit_id),
        FOREIGN KEY (network_id, version_id) REFERENCES pathway_version
      );
      CREATE INDEX unit_by_version ON unit (network_id, version_id);

      CREATE TABLE unit_skill (
        network_id integer NOT NULL,
        unit_id text COLLATE "C" NOT NULL,
        skill_id text COLLATE "C" NOT NULL,
        level smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
        PRIMARY KEY (network_id, unit_id, skill_id),
        FOREIGN KEY (network_id, unit_id) REFERENCES unit,
        FOREIGN KEY (network_id, skill_id) REFERENCES skill
      );

      CREATE TABLE version_credential (
        network_id integer NOT NULL,
        version_id text COLLATE "C" NOT NULL,
        credential_id text COLLATE "C" NOT NULL,
        PRIMARY KEY (network_id, version_id, credential_id),
        FOREIGN KEY (network_id, version_id) REFERENCES pathway_version,
        FOREIGN KEY (network_id, credential_id) REFERENCES credential
      );

      CREATE TABLE cohort (
        network_id integer NOT NULL,
        cohort_id text COLLATE "C" NOT NULL,
        version_id text COLLATE "C" NOT NULL,
        completes_on date NOT NULL,
        expected_completers integer NOT NULL CHECK (expected_completers >= 0),
        PRIMARY KEY (network_id, cohort_id),
        FOREIGN KEY (network_id, version_id) REFERENCES pathway_version
      );
      CREATE INDEX cohort_by_version ON cohort (network_id, version_id);

      CREATE TABLE educator (
        network_id integer NOT NULL,
        educator_id text COLLATE "C" NOT NULL,
        institution_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (network_id, educator_id),
        FOREIGN KEY (network_id, institution_id) REFERENCES institution
      );
      CREATE INDEX educator_by_institution ON educator (network_id, institution_id);

      CREATE TABLE educator_skill (
        network_id integer NOT NULL,
        educator_id text COLLATE "C" NOT NULL,
        skill_id text COLLATE "C" NOT NULL,
        last_industry_contact_on date NOT NULL,
        PRIMARY KEY (network_id, educator_id, skill_id),
        FOREIGN KEY (network_id, educator_id) REFERENCES educator,
        FOREIGN KEY (network_id, skill_id) REFERENCES skill
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
