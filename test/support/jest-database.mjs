import { existsSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

// The api's sources import each other as .js (nodenext); Node runs them as they stand once that is read as .ts.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});

const database = new URL('../../api/src/platform/database/', import.meta.url);
const { migrate, openDataSource } = await import(new URL('data-source.ts', database).href);
const { startEmbeddedPostgres } = await import(new URL('embedded-postgres.ts', database).href);

/** Jest's global setup for specs of the api: one real PostgreSQL for the run, and a migrated template that every spec file clones. */
export default async function setup() {
  const folder = join(tmpdir(), `throughway-spec-${process.pid}`);
  const server = await startEmbeddedPostgres(folder);
  const template = server.url.replace(/\/[^/]*$/, '/spec_template');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE spec_template');
  await client.end();
  const source = await openDataSource(template, 2);
  await migrate(source, template);
  await source.destroy();
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.stopSpecDatabase = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
