import { getConstructionPlans } from 'pg-boss';
import type pg from 'pg';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { WORKER_ROLE } from '../database/roles.js';
import { queueVersion } from './stored-tables.js';

/** Takes every table, function and type of ours away; what belongs to an extension, and the schema, which may be another's, stays. */
const CLEAR_AWAY = `
  DROP SCHEMA IF EXISTS pgboss CASCADE;
  DO $$
  DECLARE found record;
  BEGIN
    FOR found IN SELECT oid::regclass AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace
      AND relkind IN ('r', 'p') AND NOT relispartition
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LOOP
      EXECUTE format('DROP TABLE %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
      EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', found.name);
    END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type t WHERE typnamespace = 'public'::regnamespace
      AND typtype IN ('e', 'd') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e') LOOP
      EXECUTE format('DROP TYPE %s CASCADE', found.name);
    END LOOP;
  END $$;
`;

/**
 * Replaces what is there by empty tables as these migrations make them, with the constraints, triggers, policies and grants that they
 * give, in the caller's transaction. Nothing of a backup becomes SQL.
 */
export async function makeFreshTables(
  source: DataSource,
  runner: QueryRunner,
  migrations: readonly string[],
): Promise<void> {
  await runner.query(CLEAR_AWAY);
  // Listing what ran makes the table that says it, which the migrations give rights on.
  await new MigrationExecutor(source, runner).showMigrations();
  for (const migration of source.migrations) {
    if (migrations.includes(nameOf(migration))) await migration.up(runner);
  }
}

/** Those of the names that this release does not have. */
export function unknownMigrations(source: DataSource, names: readonly string[]): string[] {
  const known = new Set(source.migrations.map(nameOf));
  return names.filter((name) => !known.has(name));
}

/** Applies what these tables lack, in the caller's transaction. Answers the names. */
export async function migrateForward(source: DataSource, runner: QueryRunner): Promise<string[]> {
  // A check that waits for the end of the transaction would keep a migration from altering its table.
  await runner.query('SET CONSTRAINTS ALL IMMEDIATE');
  const executor = new MigrationExecutor(source, runner);
  executor.transaction = 'none';
  return (await executor.executePendingMigrations()).map(({ name }) => name);
}

/** Makes the queue's tables as pg-boss makes them, the worker's. Answers their version. */
export async function makeQueue(client: pg.ClientBase): Promise<number | null> {
  const plans = getConstructionPlans('pgboss', { createSchema: false });
  await client.query(`SET LOCAL ROLE ${WORKER_ROLE}`);
  await client.query(plans.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, ''));
  await client.query('RESET ROLE; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
  return queueVersion(client);
}

function nameOf(migration: { name?: string; constructor: { name: string } }): string {
  return migration.name ?? migration.constructor.name;
}
