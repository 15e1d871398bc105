import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';

/**
 * Where a text stands: tables of every schema as `schema.table`, whatever the column's type, and files below the folder by their name.
 * Bytes are looked through as well, and what a mail breaks its lines with is undone.
 */
export async function tracesOf(source: Pick<DataSource, 'query'>, text: string, folder?: string): Promise<string[]> {
  const tables: { name: string }[] = await source.query(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
     ORDER BY 1`,
  );
  const like = [`%${text.toLowerCase()}%`, `%${Buffer.from(text).toString('hex')}%`];
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: unknown[] = await source.query(
      `SELECT 1 FROM ${name} t WHERE lower(t::text) LIKE ANY ($1::text[]) LIMIT 1`,
      [like],
    );
    if (rows.length > 0) found.push(name);
  }
  return [...found, ...(folder === undefined ? [] : filesWith(folder, text))];
}

function filesWith(folder: string, text: string): string[] {
  const wanted = text.toLowerCase();
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => {
      const content = readFileSync(join(folder, name), 'latin1').replace(/=\r?\n/g, '');
      const decoded = content.replace(/(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/=]*/g, (block) =>
        Buffer.from(block, 'base64').toString('latin1'),
      );
      return `${name}\n${content}\n${decoded}`.toLowerCase().includes(wanted);
    });
}
