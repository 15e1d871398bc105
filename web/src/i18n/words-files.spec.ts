import { describe, expect, test } from '@jest/globals';
import {
  COHORT_FLAG_CODES,
  PARTNERSHIP_FLAG_CODES,
  PARTNERSHIP_STEP_CODES,
} from '@throughway/vocabulary/alignment-result';
import { ORGANIZATION_KINDS, ROLES } from '@throughway/vocabulary/roles';
import { SPECIAL_POPULATIONS } from '@throughway/vocabulary/special-populations';
import { COMMITMENT_KINDS, DISPOSITIONS, EVIDENCE_KINDS } from '@throughway/vocabulary/network';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_CODES } from '../app/ui/refusal-codes';
import { wordsFile } from '../testing/open-page';

type Tree = { [key: string]: string | Tree };

/** Every text by its dotted key. */
function flat(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const en = flat(wordsFile('en'));
const es = flat(wordsFile('es'));
const params = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

const SOURCES = join(process.cwd(), 'web/src/app');
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|html)$/.test(path) && !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
  .join('\n');

/** Keys that the code asks for in full, and beginnings to which it adds a code (`'flag.' + code + '.name'`). */
const literals = new Set([...sources.matchAll(/['`]([a-z][\w-]*(?:\.[\w-]+)*)['`]/gi)].map(([, key]) => key!));
const beginnings = [...sources.matchAll(/['`]([a-z][\w-]*(?:\.[\w-]+)*\.)(?:' ?\+|\$\{)/gi)].map(([, key]) => key!);
const namespaces = new Set([...en.keys()].map((key) => key.split('.')[0]));
const asked = [...literals].filter((key) => key.includes('.') && namespaces.has(key.split('.')[0]));

describe('The words', () => {
  test('are in both languages, key by key', () => {
    expect([...es.keys()]).toEqual([...en.keys()]);
  });

  test('fill in the same places in both languages', () => {
    // «el primero» and "the first 1" say one in different ways.
    const differing = [...en.keys()].filter(
      (key) => !key.endsWith('.one') && String(params(en.get(key)!)) !== String(params(es.get(key)!)),
    );
    expect(differing).toEqual([]);
  });

  test('are never blank and never left in English', () => {
    const same = [...en].filter(
      ([key, text]) => text.trim() === '' || (es.get(key) === text && /[a-z]{4,} [a-z]{3,}/i.test(text)),
    );
    expect(same).toEqual([]);
  });

  test('have no key missing that a page asks for', () => {
    const missing = asked.filter((key) => !en.has(key) && !(en.has(`${key}.one`) && en.has(`${key}.other`)));
    expect(asked.length).toBeGreaterThan(150);
    expect(missing).toEqual([]);
  });

  test('have no key that no page asks for', () => {
    const unused = [...en.keys()].filter((key) => {
      const plural = key.replace(/\.(one|other)$/, '');
      return !literals.has(key) && !literals.has(plural) && !beginnings.some((beginning) => key.startsWith(beginning));
    });
    expect(unused).toEqual([]);
  });

  test.each([
    ['flag', [...COHORT_FLAG_CODES, ...PARTNERSHIP_FLAG_CODES], ['.name', '.means']],
    ['step', PARTNERSHIP_STEP_CODES, ['']],
    ['evidence-kind', EVIDENCE_KINDS, ['']],
    ['commitment', COMMITMENT_KINDS, ['']],
    ['disposition', DISPOSITIONS, ['']],
    ['refusal', REFUSAL_CODES, ['']],
    ['role', ROLES, ['']],
    ['organization-kind', ORGANIZATION_KINDS, ['']],
    ['population', SPECIAL_POPULATIONS, ['']],
    ['rung', ['0', '1', '2', '3', '4', '5'], ['.name', '.means']],
  ])('name every code below %s', (prefix, codes, endings) => {
    const missing = codes
      .flatMap((code) => endings.map((ending) => `${prefix}.${code}${ending}`))
      .filter((key) => !es.has(key));
    expect(missing).toEqual([]);
  });
});
