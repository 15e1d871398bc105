import type { DUPLICATE_REASONS, DUPLICATE_STATES } from '@throughway/contracts/employer-duplicates';
import type { EntityManager } from 'typeorm';

export type DuplicateState = (typeof DUPLICATE_STATES)[number];

/** One employer of a pair, with all that was merged into it. */
export interface DuplicateSide {
  organizationId: string;
  name: string;
  kind: 'employer';
  sample: boolean;
  webDomain: string | null;
  ein: string | null;
  siteCount: number;
  peopleCount: number;
  /** Ids of itself and of those that it stands for. */
  standsFor: string[];
}

/** A pair as people see it: while it is open, between the employers that stand for its two today. */
export interface DuplicatePair {
  duplicateId: string;
  reasons: (typeof DUPLICATE_REASONS)[number][];
  state: DuplicateState;
  proposedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** The one that stays, or would. */
  first: DuplicateSide;
  second: DuplicateSide;
}

/**
 * Every pair with the employers that stand for its two, `one` and `other`. Of several open pairs of the same two the one proposed first
 * is `shown`, and none when those two were said to be distinct or are one already.
 */
const PAIRS = `
  standing AS MATERIALIZED (
    SELECT d.*, x.sample,
      CASE WHEN x.merged_into_id IS NULL THEN first_id ELSE standing_organization(first_id) END AS one,
      CASE WHEN y.merged_into_id IS NULL THEN second_id ELSE standing_organization(second_id) END AS other
    FROM employer_duplicate d
      JOIN organization x ON x.organization_id = first_id
      JOIN organization y ON y.organization_id = second_id
    WHERE x.sample = ANY($1)
  ), pair AS (
    SELECT s.*, s.state <> 'open' OR (s.one <> s.other
        AND row_number() OVER (PARTITION BY s.state, least(s.one, s.other), greatest(s.one, s.other)
          ORDER BY s.proposed_at, s.duplicate_id) = 1
        AND NOT EXISTS (SELECT FROM standing a WHERE a.state = 'distinct' AND s.state = 'open'
          AND least(a.one, a.other) = least(s.one, s.other) AND greatest(a.one, a.other) = greatest(s.one, s.other))) AS shown
    FROM standing s
  )`;

/** An employer and those below it; of a merged pair each alone. The one with people, else the older one, comes first. */
const SHOW = `
  SELECT p.duplicate_id AS "duplicateId", p.reasons, p.state, p.proposed_at AS "proposedAt",
    decision.decided_at AS "decidedAt", decision.name AS "decidedBy", sides.list AS sides
  FROM chosen p
    LEFT JOIN LATERAL (
      SELECT e.kept_id, e.merged_id, e.decided_at, by.name
      FROM employer_duplicate_decision e JOIN person by ON by.person_id = e.decided_by_id
      WHERE e.duplicate_id = p.duplicate_id AND p.state <> 'open' ORDER BY e.decision_id DESC LIMIT 1
    ) decision ON true
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object('organizationId', o.organization_id, 'name', o.name, 'kind', o.kind, 'sample', o.sample,
          'webDomain', o.web_domain, 'ein', o.ein, 'siteCount', site_count, 'peopleCount', people_count, 'standsFor', stands_for)
        ORDER BY o.organization_id IS NOT DISTINCT FROM decision.kept_id DESC, people_count DESC, o.created_at, o.organization_id)
        AS list
      FROM unnest(CASE
          WHEN p.state = 'merged' THEN ARRAY[decision.kept_id, decision.merged_id]
          WHEN p.one = p.other THEN ARRAY[p.first_id, p.second_id]
          ELSE ARRAY[p.one, p.other] END) AS side
        JOIN organization o ON o.organization_id = side
        CROSS JOIN LATERAL (
          SELECT CASE WHEN p.state = 'merged' OR p.one = p.other THEN ARRAY[side]
            ELSE ARRAY(SELECT organizations_within(side)) END AS stands_for
        ) w
        CROSS JOIN LATERAL (
          SELECT count(DISTINCT person_id)::int AS people_count FROM membership
          WHERE organization_id = ANY(stands_for) AND ended_at IS NULL
        ) m
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS site_count FROM organization_site
          WHERE organization_id = ANY(stands_for) AND closed_at IS NULL
        ) s
    ) sides`;

type PairRow = Omit<DuplicatePair, 'first' | 'second'> & { sides: [DuplicateSide, DuplicateSide] };

/** Open pairs first, oldest first; then decided ones, latest first. `samples` says whether of real ones, of synthetic ones or both. */
export async function listPairs(
  em: EntityManager,
  { samples, state, most }: { samples: readonly boolean[]; state: DuplicateState | null; most: number },
): Promise<DuplicatePair[]> {
  const rows: PairRow[] = await em.query(
    `WITH ${PAIRS}, decided AS (
       SELECT duplicate_id, max(decided_at) AS decided_at FROM employer_duplicate_decision GROUP BY duplicate_id
     ), chosen AS (
       SELECT * FROM pair LEFT JOIN decided USING (duplicate_id) WHERE shown AND ($2::text IS NULL OR state = $2)
       ORDER BY state <> 'open', CASE WHEN state <> 'open' THEN decided_at END DESC, proposed_at, duplicate_id LIMIT $3
     ) ${SHOW}
     ORDER BY p.state <> 'open', CASE WHEN p.state <> 'open' THEN p.decided_at END DESC, p.proposed_at, p.duplicate_id`,
    [samples, state, most],
  );
  return rows.map(toPair);
}

export async function countOpenPairs(em: EntityManager, samples: readonly boolean[]): Promise<number> {
  const rows: { count: number }[] = await em.query(
    `WITH ${PAIRS} SELECT count(*)::int AS count FROM pair WHERE shown AND state = 'open'`,
    [samples],
  );
  return rows[0]?.count ?? 0;
}

export async function findPair(
  em: EntityManager,
  duplicateId: string,
  samples: readonly boolean[],
): Promise<DuplicatePair | null> {
  const rows: PairRow[] = await em.query(
    `WITH ${PAIRS}, chosen AS (SELECT * FROM pair WHERE duplicate_id = $2) ${SHOW}`,
    [samples, duplicateId],
  );
  return rows[0] ? toPair(rows[0]) : null;
}

function toPair({ sides: [first, second], ...pair }: PairRow): DuplicatePair {
  return { ...pair, first, second };
}

/**
 * One decision at a time: what a merge may point where depends on where all others point. Then the pair itself, locked; `one` and
 * `other` stand for its two now, `kept` and `merged` are of its last decision.
 */
export async function lockPair(
  em: EntityManager,
  duplicateId: string,
  samples: readonly boolean[],
): Promise<{ state: DuplicateState; one: string; other: string; mixed: boolean; kept: string; merged: string } | null> {
  await em.query(`SELECT pg_advisory_xact_lock(hashtext('employer merge'))`);
  const rows: { state: DuplicateState; one: string; other: string; mixed: boolean; kept: string; merged: string }[] =
    await em.query(
      `SELECT d.state, standing_organization(first_id) AS one, standing_organization(second_id) AS other,
         x.sample <> y.sample AS mixed, last.kept_id AS kept, last.merged_id AS merged
       FROM employer_duplicate d
         JOIN organization x ON x.organization_id = first_id
         JOIN organization y ON y.organization_id = second_id
         LEFT JOIN LATERAL (
           SELECT kept_id, merged_id FROM employer_duplicate_decision WHERE duplicate_id = d.duplicate_id
           ORDER BY decision_id DESC LIMIT 1
         ) last ON true
       WHERE d.duplicate_id = $1 AND x.sample = ANY($2) FOR UPDATE OF d`,
      [duplicateId, samples],
    );
  return rows[0] ?? null;
}

/** Points one employer at another from an instant on, or at none. */
export async function pointAt(
  em: EntityManager,
  organizationId: string,
  other: { id: string; since: Date } | null,
): Promise<void> {
  await em.query('UPDATE organization SET merged_into_id = $2, merged_at = $3 WHERE organization_id = $1', [
    organizationId,
    other?.id ?? null,
    other?.since ?? null,
  ]);
}

/** Writes a decision down beside those before it. */
export async function recordDecision(
  em: EntityManager,
  duplicateId: string,
  by: { personId: string; at: Date },
  decision: { decision: 'merged'; kept: string; merged: string } | { decision: 'distinct' | 'undone' },
): Promise<void> {
  const { kept, merged } = decision.decision === 'merged' ? decision : { kept: null, merged: null };
  await em.query(
    `INSERT INTO employer_duplicate_decision (duplicate_id, decision, kept_id, merged_id, decided_by_id, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [duplicateId, decision.decision, kept, merged, by.personId, by.at],
  );
  await em.query('UPDATE employer_duplicate SET state = $2 WHERE duplicate_id = $1', [
    duplicateId,
    decision.decision === 'undone' ? 'open' : decision.decision,
  ]);
}
