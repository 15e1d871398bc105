import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: partnerships. What employers ask for, promise and do. A site or requirement belongs to one employer, and the
 * keys that carry the employer say so; they are checked at the end of a transaction, so that an import may move both sides.
 */
export class CreatePartnerships1795478404000 implements MigrationInterface {
  name = 'CreatePartnerships1795478404000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE employer (
        network_id integer NOT NULL REFERENCES network,
        employer_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        naics text,
        contact_email text,
        ein text,
        website text,
        PRIMARY KEY (network_id, employer_id)
      );

      CREATE TABLE site (
        network_id integer NOT NULL,
        site_id text COLLATE "C" NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        county_fips text COLLATE "C" NOT NULL,
        time_zone text,
        PRIMARY KEY (network_id, site_id),
        UNIQUE (network_id, site_id, employer_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer
      );
      CREATE INDEX site_by_county ON site (network_id, county_fips);
      CREATE INDEX site_by_employer ON site (network_id, employer_id);

      CREATE TABLE requirement (
        network_id integer NOT NULL,
        requirement_id text COLLATE "C" NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        site_id text COLLATE "C" NOT NULL,
        soc text COLLATE "C" NOT NULL,
        title text NOT NULL,
        headcount_per_year integer NOT NULL CHECK (headcount_per_year >= 0),
        wage_floor_hourly_cents bigint CHECK (wage_floor_hourly_cents >= 0),
        recorded_on date NOT NULL,
        effective_on date NOT NULL,
        review_by date NOT NULL CHECK (review_by >= effective_on),
        PRIMARY KEY (network_id, requirement_id),
        UNIQUE (network_id, requirement_id, employer_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer,
        FOREIGN KEY (network_id, site_id, employer_id) REFERENCES site (network_id, site_id, employer_id)
          DEFERRABLE INITIALLY DEFERRED
      );
      CREATE INDEX requirement_by_site ON requirement (network_id, site_id);
      CREATE INDEX requirement_by_employer ON requirement (network_id, employer_id);
      CREATE INDEX requirement_by_review ON requirement (network_id, review_by);

      CREATE TABLE requirement_skill (
        network_id integer NOT NULL,
        requirement_id text COLLATE "C" NOT NULL,
        skill_id text COLLATE "C" NOT NULL,
        level smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
        necessity text NOT NULL CHECK (necessity IN ('day-one', 'trainable', 'preferred')),
        vote text CHECK (vote IN ('essential', 'important', 'useful')),
        PRIMARY KEY (network_id, requirement_id, skill_id),
        FOREIGN KEY (network_id, requirement_id) REFERENCES requirement,
        FOREIGN KEY (network_id, skill_id) REFERENCES skill
      );

      CREATE TABLE requirement_credential (
        network_id integer NOT NULL,
        requirement_id text COLLATE "C" NOT NULL,
        credential_id text COLLATE "C" NOT NULL,
        necessity text NOT NULL CHECK (necessity IN ('required', 'preferred')),
        PRIMARY KEY (network_id, requirement_id, credential_id),
        FOREIGN KEY (network_id, requirement_id) REFERENCES requirement,
        FOREIGN KEY (network_id, credential_id) REFERENCES credential
      );

      CREATE TABLE commitment (
        network_id integer NOT NULL,
        commitment_id text COLLATE "C" NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        site_id text COLLATE "C" NOT NULL,
        requirement_id text COLLATE "C" NOT NULL,
        pathway_id text COLLATE "C",
        kind text NOT NULL CHECK (kind IN
          ('guaranteed-interview', 'first-consideration', 'conditional-offer', 'direct-hire', 'apprenticeship-entry')),
        seats integer NOT NULL CHECK (seats >= 0),
        wage_floor_hourly_cents bigint CHECK (wage_floor_hourly_cents >= 0),
        opens_on date NOT NULL,
        closes_on date NOT NULL CHECK (closes_on >= opens_on),
        answer_within_days integer NOT NULL CHECK (answer_within_days >= 0),
        PRIMARY KEY (network_id, commitment_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer,
        FOREIGN KEY (network_id, pathway_id) REFERENCES pathway,
        FOREIGN KEY (network_id, site_id, employer_id) REFERENCES site (network_id, site_id, employer_id)
          DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (network_id, requirement_id, employer_id) REFERENCES requirement (network_id, requirement_id, employer_id)
          DEFERRABLE INITIALLY DEFERRED
      );
      COMMENT ON COLUMN commitment.pathway_id IS 'null = any pathway';
      COMMENT ON COLUMN commitment.answer_within_days IS 'business days';
      CREATE INDEX commitment_by_requirement ON commitment (network_id, requirement_id);
      CREATE INDEX commitment_by_employer ON commitment (network_id, employer_id);

      CREATE TABLE activation (
        network_id integer NOT NULL,
        activation_id text COLLATE "C" NOT NULL,
        commitment_id text COLLATE "C" NOT NULL,
        activated_on date NOT NULL,
        due_on date NOT NULL,
        answered_on date,
        disposition text CHECK (disposition IN ('interview', 'offer', 'hired', 'declined', 'withdrawn')),
        reason text,
        cohort_id text COLLATE "C",
        CHECK ((answered_on IS NULL) = (disposition IS NULL)),
        PRIMARY KEY (network_id, activation_id),
        FOREIGN KEY (network_id, commitment_id) REFERENCES commitment,
        FOREIGN KEY (network_id, cohort_id) REFERENCES cohort
      );
      CREATE INDEX activation_by_commitment ON activation (network_id, commitment_id);

      CREATE TABLE evidence (
        network_id integer NOT NULL,
        evidence_id text COLLATE "C" NOT NULL,
        employer_id text COLLATE "C" NOT NULL,
        pathway_id text COLLATE "C" NOT NULL,
        site_id text COLLATE "C",
        kind text NOT NULL CHECK (kind IN
          ('meeting', 'survey', 'letter', 'logo', 'speaker', 'tour', 'mock-interview', 'career-fair', 'job-shadow',
           'teaching-hours', 'mentoring-hours', 'equipment', 'funding', 'externship-hosted', 'work-assessed',
           'unpaid-placement', 'curriculum-receipt',
           'paid-placement', 'apprenticeship', 'clinical', 'wage-offer', 'hire')),
        occurred_on date NOT NULL,
        recorded_on date NOT NULL,
        confirmed_on date,
        second_person boolean NOT NULL,
        quantity double precision NOT NULL CHECK (quantity >= 0),
        agreement_on date,
        evaluated_on date,
        PRIMARY KEY (network_id, evidence_id),
        FOREIGN KEY (network_id, employer_id) REFERENCES employer,
        FOREIGN KEY (network_id, pathway_id) REFERENCES pathway,
        FOREIGN KEY (network_id, site_id, employer_id) REFERENCES site (network_id, site_id, employer_id)
          DEFERRABLE INITIALLY DEFERRED
      );
      COMMENT ON COLUMN evidence.confirmed_on IS 'by the other side; null = unconfirmed, counts nowhere';
      CREATE INDEX evidence_by_pair ON evidence (network_id, employer_id, pathway_id, occurred_on);
      CREATE INDEX evidence_by_pathway ON evidence (network_id, pathway_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
