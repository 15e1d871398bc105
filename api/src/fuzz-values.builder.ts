import * as fc from 'fast-check';
import * as z from 'zod';

/** What a contract says of a value, as its OpenAPI document does. */
export interface ValueSchema {
  type?: string | string[];
  properties?: Record<string, ValueSchema>;
  required?: string[];
  items?: ValueSchema;
  anyOf?: ValueSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
}

export const schemaOf = (schema: z.ZodType | undefined): ValueSchema =>
  schema ? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ValueSchema) : {};

/** Lengths that are worth trying where a contract sets none. */
const USUAL_LENGTH = 60;

/** Values that a contract takes, or nearly: what stands beside a field in it (transformations, refinements) is not seen. */
export function valid(schema: ValueSchema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valid));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => valid({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1e9, 1e9) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 5 });
    case 'object':
      return schema.properties ? record(schema) : fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    default:
      return fc.jsonValue();
  }
}

function record({ properties = {}, required = [] }: ValueSchema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valid(field)]));
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
}

function text({ pattern, format, minLength = 0, maxLength = USUAL_LENGTH }: ValueSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  if (format === 'uri') return fc.webUrl();
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, USUAL_LENGTH)) });
}

const DAYS = ['0000-01-01', '0000-02-29', '0001-01-01', '2024-02-29', '2023-02-29', '9999-12-31', '-0001-01-01'];
const NUMBERS = [0, -0, -1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324];

/** At the edge of what a contract takes, and one step beyond. */
export function boundary(schema: ValueSchema): fc.Arbitrary<unknown> {
  const { minLength = 0, maxLength = 10_000, minimum, maximum, items } = schema;
  const lengths = [0, minLength - 1, minLength, maxLength, maxLength + 1].filter((length) => length >= 0);
  const sizes = lengths.map((length) => 'x'.repeat(length));
  const edges = [minimum, maximum].flatMap((edge) => (edge === undefined ? [] : [edge - 1, edge, edge + 1]));
  const found: unknown[] = [
    ...(schema.format === 'date' ? DAYS : []),
    ...(schema.format === 'email' ? [`${'a'.repeat(242)}@example.test`, `a@${'b.'.repeat(120)}test`] : []),
    ...(schema.format === 'uuid'
      ? ['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF']
      : []),
    ...(schema.enum ? schema.enum.flatMap((word) => [word, `${String(word)} `, String(word).toUpperCase()]) : []),
    ...(schema.type === 'string' ? [...sizes, ' ', '\u00a0\u2003'] : []),
    ...(schema.type === 'integer' || schema.type === 'number' ? [...edges, ...NUMBERS] : []),
    ...(schema.type === 'boolean' ? [true, false, 'true', 0] : []),
  ];
  if (schema.type === 'array')
    return valid(items ?? {}).chain((one) =>
      fc.constantFrom<unknown>([], Array(1).fill(one), Array(2).fill(one), Array(2000).fill(one)),
    );
  return found.length > 0 ? fc.constantFrom(...found) : fc.constantFrom<unknown>({}, [], '', 0, null);
}

/** Of every JSON type; what it replaces is of one of them. */
export const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, '', 'text', '0', 'null', '[object Object]'],
  ...[[], [null], [[]], {}, { length: 1 }, { toString: 1 }, { $gt: '' }, { constructor: { prototype: {} } }],
];

/** Texts that are one thing to a person and another to a program; after Unicode 17 and UTR 36. */
export const ODD_TEXTS: readonly string[] = [
  ...['\ud800', 'a\udfffb', '\udc00\ud800', 'Ze\u0301', 'Z\u00e9', '\u212b', 'ﬁ', 'ß', 'İstanbul', '\u0130\u0131'],
  ...['\u202emoc.elpmaxe', '\u2066a\u2069', '\ufeffa', '\u200b', '\u00ad', 'a\u0300'.repeat(60), '\ufffe', '\uffff'],
  ...['👩‍👩‍👧‍👦', '🇺🇸'.repeat(20), '\u{10ffff}', '\u{e0001}', '\u0007\u001b[31m', '\r\nX-Injected: 1', '\u2028', '\u0085'],
  ...[`'; --`, '%', '_%_', '\\', '${7*7}', '{{7*7}}', '<b>', '=1+1', '../../etc/passwd', 'ＡＢＣ', 'पा', 'ไทย'],
];
export const ZERO_TEXTS: readonly string[] = ['\0', 'a\0b', 'Sample\0', '\0'.repeat(300)];
