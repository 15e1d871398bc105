import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: identity. Organizations, the people in them, and what each may be there. A merged employer keeps its row and points at
 * the one that stays, so that merging rewrites nothing and can be undone.
 */
export class CreatePeople1795564801000 implements MigrationInterface {
  name = 'CreatePeople1795564801000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organization (
        organization_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        kind text NOT NULL CHECK (kind IN ('school', 'district', 'college', 'region', 'state', 'employer')),
        name text NOT NULL CHECK (name <> ''),
        plain_name text COLLATE "C",
        parent_id uuid REFERENCES organization,
        merged_into_id uuid REFERENCES organization,
        web_domain text COLLATE "C" CHECK (web_domain = lower(web_domain)),
        ein text COLLATE "C" CHECK (ein ~ '^[0-9]{9}$'),
        sample boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT employer_has_plain_name CHECK ((kind = 'employer') = (plain_name IS NOT NULL)),
        CHECK (kind <> 'employer' OR parent_id IS NULL),
        CHECK (kind = 'employer' OR merged_into_id IS NULL),
        CHECK (merged_into_id <> organization_id),
        CHECK (parent_id <> organization_id)
      );
      COMMENT ON COLUMN organization.plain_name IS
        'of an employer, the name as it is compared: normalizeEmployerName in api/src/identity/employer-names.ts';
      CREATE INDEX organization_by_parent ON organization (parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX organization_by_merge ON organization (merged_into_id) WHERE merged_into_id IS NOT NULL;
      CREATE INDEX employer_by_web_domain ON organization (web_domain) WHERE kind = 'employer';
      CREATE INDEX employer_by_ein ON organization (ein) WHERE kind = 'employer';
      CREATE INDEX employer_by_plain_name ON organization USING hash (plain_name) WHERE kind = 'employer';
      CREATE INDEX employer_by_name ON organization USING gin (lower(name) gin_trgm_ops) WHERE kind = 'employer';

      CREATE TABLE organization_site (
        site_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL REFERENCES organization,
        name text NOT NULL CHECK (name <> ''),
        county_fips text COLLATE "C" NOT NULL,
        time_zone text,
        opened_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz
      );
      CREATE INDEX organization_site_by_organization ON organization_site (organization_id);
      CREATE INDEX organization_site_by_county ON organization_site (county_fips) WHERE closed_at IS NULL;

      CREATE TABLE person (
        person_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL CHECK (name <> ''),
        email text,
        language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
        sample boolean NOT NULL DEFAULT false,
        suspended_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX person_by_email ON person (lower(email));

      CREATE TABLE membership (
        membership_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person,
        organization_id uuid NOT NULL REFERENCES organization,
        role text NOT NULL CHECK (role IN
          ('administrator', 'coordinator', 'educator', 'leader', 'employer-admin', 'employer-member', 'student', 'guardian')),
        subject_id uuid,
        granted_by_id uuid REFERENCES person,
        granted_at timestamptz NOT NULL DEFAULT now(),
        ended_by_id uuid REFERENCES person,
        ended_at timestamptz,
        CHECK ((subject_id IS NOT NULL) = (role IN ('student', 'guardian')))
      );
      COMMENT ON COLUMN membership.subject_id IS 'the student or guardian row of the students room that this person stands for';
      CREATE UNIQUE INDEX membership_current ON membership (person_id, organization_id, role, subject_id)
        NULLS NOT DISTINCT WHERE ended_at IS NULL;
      CREATE INDEX membership_by_organization ON membership (organization_id) WHERE ended_at IS NULL;
      CREATE INDEX membership_by_subject ON membership (subject_id) WHERE subject_id IS NOT NULL AND ended_at IS NULL;

      -- The employer that stands for this one after merges; itself when it was not merged.
      CREATE FUNCTION standing_organization(id uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
        WITH RECURSIVE up AS (
          SELECT organization_id, merged_into_id FROM organization WHERE organization_id = id
          UNION ALL
          SELECT above.organization_id, above.merged_into_id
          FROM up JOIN organization above ON above.organization_id = up.merged_into_id
        )
        SELECT organization_id FROM up WHERE merged_into_id IS NULL
      $$;

      -- An organization, those below it, and all that were merged with one of them.
      CREATE FUNCTION organizations_within(id uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        WITH RECURSIVE within AS (
          SELECT standing_organization(id) AS organization_id
          UNION
          SELECT below.organization_id
          FROM within JOIN organization below
            ON below.parent_id = within.organization_id OR below.merged_into_id = within.organization_id
        )
        SELECT organization_id FROM within
      $$;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
