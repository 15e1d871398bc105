import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aChain, anAct, CHAIN, sha256, someRoots } from './a-ledger.builder.js';
import type { Break } from './break.js';
import type { StoredEntry } from './entry.js';
import type { ChainHead, StoredRoot } from './seal-root.js';
import { verifyChains } from './verify-chains.js';
import { verifyRoots } from './verify-roots.js';

/** The first break of roots and chains together. */
function firstBreak(entries: readonly StoredEntry[], roots: readonly StoredRoot[] = []): Break | null {
  const days = verifyRoots(sha256);
  for (const root of roots) {
    const broken = days.add(root);
    if (broken) return broken;
  }
  return breakOf(entries, days.heads);
}

function breakOf(entries: readonly StoredEntry[], heads: ReadonlyMap<string, ChainHead> = new Map()): Break | null {
  const chains = verifyChains(heads, sha256);
  for (const entry of entries) {
    const broken = chains.add(entry);
    if (broken) return broken;
  }
  return chains.end();
}

const OTHER = 'f3c1a2b4-0000-4000-8000-5d6e7f809112';
const three = aChain([anAct(), anAct({ action: 'membership-given' }), anAct({ actorId: null, beside: null })]);
const other = aChain([anAct({ action: 'invitation-sent' })], OTHER);

describe('A record of chains', () => {
  test('is whole as it was written, with details erased too, and counts what was seen', () => {
    const chains = verifyChains(new Map(), sha256);
    const erased = three.map((entry) => (entry.sequence === 1 ? { ...entry, beside: null } : entry));
    for (const entry of [...erased, ...other]) expect(chains.add(entry)).toBeNull();
    expect(chains.end()).toBeNull();
    expect(chains.counts).toEqual({ chains: 2, entries: 4, detailsPresent: 2, detailsErased: 1 });
    expect(chains.head).toEqual({ chain: OTHER, sequence: 1, digest: other[0]?.digest });
  });

  test.each<[string, StoredEntry[], Partial<Break>]>([
    [
      'an action changed',
      three.with(1, { ...three[1]!, action: 'membership-ended' }),
      { code: 'entry-changed', sequence: 2, found: three[1]!.digest },
    ],
    ['an entry gone', [three[0]!, three[2]!], { code: 'sequence-broken', sequence: 2, found: '3', expected: '2' }],
    ['the first entry gone', three.slice(1), { code: 'sequence-broken', sequence: 1, found: '2' }],
    ['two entries in each other’s place', [three[1]!, three[0]!, three[2]!], { code: 'sequence-broken', sequence: 1 }],
    [
      'an entry of another chain put in',
      [three[0]!, { ...aChain([anAct({ at: '2026-01-01T00:00:00.000Z' }), anAct()])[1]! }],
      { code: 'previous-differs', sequence: 2, expected: three[0]!.digest },
    ],
    [
      'a detail rewritten',
      [{ ...three[0]!, beside: { salt: 'c2FsdA', detail: { name: 'Somebody Else', role: 'coordinator' } } }],
      { code: 'detail-changed', sequence: 1, expected: three[0]!.detailDigest! },
    ],
    [
      'a detail added',
      three.with(2, { ...three[2]!, beside: { salt: 'x', detail: {} } }),
      { code: 'detail-changed', sequence: 3, expected: 'none' },
    ],
  ])('says where it breaks: %s', (_, entries, expected) => {
    expect(breakOf(entries)).toMatchObject({ chain: CHAIN, ...expected });
  });

  test('does not depend on the order in which a detail’s keys come back', () => {
    const beside = { salt: 'c2FsdA', detail: { name: 'Sample Person', role: 'coordinator' } };
    expect(breakOf(three.with(0, { ...three[0]!, beside }))).toBeNull();
  });
});

describe('The daily root', () => {
  const roots = someRoots([[three[1]!], [three[2]!, other[0]!]]);

  test('knows how far every chain went', () => {
    expect(firstBreak([...three, ...other], roots)).toBeNull();
    expect(firstBreak([...three.slice(0, 2), ...other], roots)).toMatchObject({
      code: 'chain-cut',
      chain: CHAIN,
      sequence: 3,
      found: 'the end after 2',
    });
    expect(firstBreak(three.slice(0, 2))).toBeNull();
    expect(firstBreak(three, roots)).toMatchObject({ code: 'chain-cut', chain: OTHER, sequence: 1 });
    expect(firstBreak([], roots)).toMatchObject({ code: 'chain-cut' });
  });

  test('tells a chain that was written anew from its beginning', () => {
    const anew = aChain([anAct(), anAct(), anAct()]);
    expect(breakOf(anew)).toBeNull();
    expect(firstBreak([...anew, ...other], roots)).toMatchObject({ code: 'head-differs', chain: CHAIN, sequence: 3 });
  });

  test.each<[string, StoredRoot[], Partial<Break>]>([
    ['a root gone', roots.slice(1), { code: 'sequence-broken', sequence: 1 }],
    ['a head moved', [{ ...roots[0]!, heads: [] }, roots[1]!], { code: 'root-changed', sequence: 1 }],
    [
      'the first made anew without the second',
      [someRoots([[]])[0]!, roots[1]!],
      { code: 'previous-differs', sequence: 2 },
    ],
  ])('is chained itself: %s', (_, changed, expected) => {
    expect(firstBreak([...three, ...other], changed)).toMatchObject({ chain: null, ...expected });
  });
});

const word = fc.stringMatching(/^[a-z-]{1,12}$/);
const value = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.constant(null));
const act = fc.record({
  at: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((instant) => instant.toISOString()),
  actorKind: word,
  actorId: fc.option(fc.uuid()),
  action: word,
  subjectKind: word,
  subjectId: fc.uuid(),
  beside: fc.option(fc.record({ salt: fc.uuid(), detail: fc.dictionary(word, value, { maxKeys: 3 }) })),
});
const acts = fc.array(act, { minLength: 1, maxLength: 6 });

/** A copy in which one bit of one stored field, `beside` included, is the other way round; null when the field is absent. */
function withOneBitChanged(entry: StoredEntry, field: keyof StoredEntry, bit: number): StoredEntry | null {
  const stored = entry[field];
  if (stored === null) return null;
  if (typeof stored === 'number') return { ...entry, [field]: stored ^ (1 << (bit % 20)) };
  if (typeof stored === 'string') return { ...entry, [field]: flipped(stored, bit) };
  const { salt, detail } = stored;
  const [key, inner] = Object.entries(detail)[bit % (Object.keys(detail).length + 1)] ?? [];
  if (key === undefined) return { ...entry, beside: { salt: flipped(salt, bit), detail } };
  const changed =
    typeof inner === 'string' ? flipped(inner, bit) : inner === null ? 0 : Number(inner) ^ (1 << (bit % 31));
  return { ...entry, beside: { salt, detail: { ...detail, [key]: changed } } };
}

/** Seven bits of a character, so that the text stays well-formed. */
function flipped(text: string, bit: number): string {
  if (text === '') return String.fromCharCode(bit % 128);
  const at = Math.floor(bit / 7) % text.length;
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit % 7))) + text.slice(at + 1);
}

test('any single changed bit of any field of any entry is found', () => {
  const fields = Object.keys(three[0]!) as (keyof StoredEntry)[];
  fc.assert(
    fc.property(acts, fc.nat(), fc.constantFrom(...fields), fc.nat(), (written, place, field, bit) => {
      const entries = aChain(written);
      expect(breakOf(entries)).toBeNull();
      const index = place % entries.length;
      const changed = withOneBitChanged(entries[index]!, field, bit);
      fc.pre(changed !== null);
      expect(breakOf(entries.with(index, changed))).not.toBeNull();
    }),
    { numRuns: 3000 },
  );
});

test('whatever is left out, put twice or exchanged is found, at the end too once a root was made', () => {
  fc.assert(
    fc.property(acts, fc.nat(), fc.nat(), fc.constantFrom('cut', 'out', 'twice', 'exchange'), (written, a, b, how) => {
      const entries = aChain(written);
      const roots = someRoots([[entries.at(-1)!]]);
      expect(firstBreak(entries, roots)).toBeNull();
      const [i, j] = [a % entries.length, b % entries.length];
      fc.pre(how !== 'exchange' || i !== j);
      const ways = {
        cut: entries.slice(0, i),
        out: entries.toSpliced(i, 1),
        twice: entries.toSpliced(i, 0, entries[j]!),
        exchange: entries.with(i, entries[j]!).with(j, entries[i]!),
      };
      expect(firstBreak(ways[how], roots)).not.toBeNull();
    }),
    { numRuns: 1000 },
  );
});
