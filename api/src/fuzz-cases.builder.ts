import type { Endpoint } from '@throughway/contracts/endpoint';
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import {
  boundary,
  ODD_TEXTS,
  ODD_VALUES,
  schemaOf,
  valid,
  type ValueSchema,
  ZERO_TEXTS,
} from './fuzz-values.builder.js';
import { asCommand } from './platform/http/as-command.builder.js';

/** A request as the matrix would send it: what a case starts from. */
export interface Aim {
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: unknown;
  /** By name, as multipart/form-data, for an upload. */
  files: Readonly<Record<string, string>> | undefined;
}

/** A request to the byte. */
export interface Shot {
  path: string;
  headers: Readonly<Record<string, string | readonly string[]>>;
  content: Buffer | null;
}

type Kind = (aim: Aim) => fc.Arbitrary<Shot>;

/** A place in a request that holds one value. */
interface Place {
  part: 'params' | 'query' | 'body' | 'files';
  name: string;
  schema: ValueSchema;
}

const BOUNDARY = 'sample-boundary';
const MEGABYTES = 10 * 2 ** 20;
/** Made once: each is as large as it is. */
const LARGE = Buffer.from(`{"extra":"${'x'.repeat(MEGABYTES)}"}`);
const BLANK = Buffer.alloc(MEGABYTES, 32);
const BOMB = gzipSync(BLANK);

/** A text as it may stand in an address; what UTF-8 has no bytes for goes as the bytes it would have. */
export const escaped = (text: string): string =>
  [...text]
    .map((one) => (/[\ud800-\udfff]/.test(one) && one.length === 1 ? '%ED%A0%80' : encodeURIComponent(one)))
    .join('');

function address({ endpoint, params, query }: Aim): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => escaped(params[name] ?? 'none') || '%20');
  const search = Object.entries(query).map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return search.length > 0 ? `${path}?${search.join('&')}` : path;
}

const bytes = (text: string): Buffer => Buffer.from(text);

function multipart(files: Readonly<Record<string, string>>, last?: Buffer): Buffer {
  const part = (name: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="${name.replace(/[\r\n"]/g, '_')}"\r\n` +
    'Content-Type: text/csv\r\n\r\n';
  const parts = Object.entries(files).map(([name, content]) => `${part(name)}${content}\r\n`);
  const more = last ? [bytes(part('units.csv')), last, bytes('\r\n')] : [];
  return Buffer.concat([bytes(parts.join('')), ...more, bytes(`--${BOUNDARY}--\r\n`)]);
}

/** The content as it should be: none where the endpoint takes none. */
function contentOf({ body, files }: Aim): Buffer | null {
  if (files) return multipart(files);
  return body === undefined ? null : bytes(JSON.stringify(body));
}

const typeOf = ({ files }: Aim): string => (files ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/json');

/** The request of an aim, with some of it replaced. */
function shotAt(aim: Aim, other: Partial<Shot> & { type?: string | readonly string[] } = {}): Shot {
  const content = other.content === undefined ? contentOf(aim) : other.content;
  const type = content === null ? {} : { 'Content-Type': other.type ?? typeOf(aim) };
  return { path: other.path ?? address(aim), headers: { ...asCommand(), ...type, ...other.headers }, content };
}

/** Sends other bytes instead of the content; an endpoint that takes none gets them all the same. */
const withContent = (aim: Aim, content: Buffer, type?: string | readonly string[]): Shot =>
  shotAt(aim, { content, ...(type === undefined ? {} : { type }) });

/** The fields of the body; none of one that is absent. */
const fieldsOf = ({ body }: Aim): Record<string, unknown> => ({ ...(body as object | undefined) });

const jsonOf = ({ body, files }: Aim): string => JSON.stringify(body ?? (files ? { files } : {}));

function placesOf({ endpoint, files, body }: Aim): Place[] {
  const of = (part: 'params' | 'query' | 'body'): Place[] =>
    Object.entries(schemaOf(endpoint[part]).properties ?? {}).map(([name, schema]) => ({ part, name, schema }));
  const uploads = Object.keys(files ?? {}).map((name): Place => ({ part: 'files', name, schema: { type: 'string' } }));
  const found = [...of('params'), ...of('query'), ...of('body'), ...uploads];
  // Where nothing is taken, something is sent that nobody asks for.
  if (found.length > 0 && (body !== undefined || files || endpoint.query)) return found;
  return [
    ...found,
    { part: 'query', name: 'extra', schema: { type: 'string' } },
    { part: 'body', name: 'extra', schema: {} },
  ];
}

function replaced(aim: Aim, { part, name }: Place, value: unknown): Shot {
  const asText = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  switch (part) {
    case 'params':
      return shotAt({ ...aim, params: { ...aim.params, [name]: asText } });
    case 'query':
      return shotAt({ ...aim, query: { ...aim.query, [name]: asText } });
    case 'files':
      return shotAt({ ...aim, files: { ...aim.files, [name]: insert(aim.files?.[name] ?? '', asText) } });
    case 'body':
      return withContent(aim, bytes(JSON.stringify({ ...fieldsOf(aim), [name]: value })));
  }
}

/** In the middle, where a row of a file stands. */
const insert = (text: string, piece: string): string => {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + piece + text.slice(middle);
};

/** One place of the request with a value that `values` makes for it. */
const replacing =
  (values: (place: Place) => fc.Arbitrary<unknown>): Kind =>
  (aim) =>
    fc.constantFrom(...placesOf(aim)).chain((place) => values(place).map((value) => replaced(aim, place, value)));

const sending =
  (contents: (aim: Aim) => fc.Arbitrary<[content: Buffer, type?: string | readonly string[]]>): Kind =>
  (aim) =>
    contents(aim).map(([content, type]) => withContent(aim, content, type));

/** With every value made anew where the contract would take it, beside those that the world knows. */
const remade: Kind = (aim) => {
  const { endpoint } = aim;
  const query = fc.record(partsOf(schemaOf(endpoint.query), aim.query), { requiredKeys: Object.keys(aim.query) });
  const body = fc.record(partsOf(schemaOf(endpoint.body), fieldsOf(aim)), {
    requiredKeys: schemaOf(endpoint.body).required ?? [],
  });
  return fc.tuple(query, body).map(([asked, made]) => {
    const texts = Object.entries(asked).map(([name, value]) => [name, String(value)]);
    const fits = endpoint.query?.safeParse(Object.fromEntries(texts)).success ?? false;
    const isBody = endpoint.body?.safeParse(made).success ?? false;
    return shotAt({
      ...aim,
      query: fits ? (Object.fromEntries(texts) as Record<string, string>) : aim.query,
      body: isBody ? made : aim.body,
    });
  });
};

function partsOf(schema: ValueSchema, known: Readonly<Record<string, unknown>>): Record<string, fc.Arbitrary<unknown>> {
  const parts = Object.entries(schema.properties ?? {}).map(([name, field]): [string, fc.Arbitrary<unknown>] => {
    const other = valid(field);
    return [
      name,
      name in known
        ? fc.oneof({ weight: 2, arbitrary: fc.constant(known[name]) }, { weight: 1, arbitrary: other })
        : other,
    ];
  });
  return Object.fromEntries(parts);
}

/** Paths end in one of these, raw. A slash, `?` or `#` would make it another operation's path. */
const HOSTILE_PARAMS: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    '%00',
    'a%00b',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '..',
    '%',
    '%zz',
    '%ff',
    '%ED%A0%80',
  ],
  ...['%C0%AF', '9'.repeat(400), '-1', '1e309', 'null', 'undefined', 'NaN', '%20', '%27%20OR%201%3D1--', '%E2%80%AE'],
  ...['%0d%0aX-Injected:1', '*', ';', ':', '%F0%9F%98%80', 'a'.repeat(8000), '\u00e9', '%25%30%30', '{x}', '[]', '%2F'],
];

const HOSTILE_QUERIES: readonly string[] = [
  ...[
    '__proto__=1',
    'constructor[prototype][x]=1',
    '__proto__[x]=1',
    'toString=1',
    '=',
    '&&&',
    '%',
    '%zz=%zz',
    '%ff=%ff',
  ],
  ...[
    'a%00=b%00',
    'q=%00',
    `q=${'x'.repeat(9000)}`,
    'page=1&page=2',
    'page=1e400',
    'page=-0',
    'size=0x10',
    'page=%D9%A1',
  ],
  ...['q[]=1&q[]=2', 'q[a]=1', '%ED%A0%80=1', `${'a=1&'.repeat(1500)}`, 'q=%', 'page=Infinity', 'size=1.0', 'q=\u00e9'],
];

const HOSTILE_HEADERS: readonly (readonly [name: string, ...values: string[]])[] = [
  [
    'If-Match',
    '',
    '""',
    'W/',
    '*,*',
    '"',
    '"a',
    '*"',
    '"a" "b"',
    '\u00e9',
    `${'"a",'.repeat(900)}"b"`,
    `"${'"'.repeat(5000)}`,
  ],
  ['Idempotency-Key', '', 'x'.repeat(201), '\u00e9', 'a b', '\t', 'a, b', `${'0'.repeat(199)}1`],
  ['Accept-Language', ';q=', '*;q=NaN', 'en-'.repeat(2000), '__proto__', '\u00e9', 'es;q=2,en;q=-1', ',,,,'],
  ['Accept', '', 'application/xml', '*/*;q=banana', 'text/event-stream', '\u00e9'],
  ['Accept-Encoding', 'identity;q=0, *;q=0', 'banana', ';;;', '\u00e9'],
  ['Cookie', '=', 'throughway=%zz', '__Host-session=%00', ';;;', 'a='.repeat(3000), '__proto__=1', '\u00e9=\u00e9'],
  ['Authorization', 'Bearer', 'Bearer ', 'Basic !!!', `Bearer ${'x'.repeat(8000)}`, 'bearer \u00e9', '__proto__'],
  ['X-Request-Id', '<script>', 'a'.repeat(9000), '\u00e9', ''],
  ['X-Forwarded-For', '::::', '127.0.0.1', 'unknown, "'],
  ['Host', '', 'a b', '[::1', 'example.test:99999', '\u00e9'],
  ['Origin', 'null', 'http://[', '\u00e9'],
  ['Range', 'bytes=9-1', 'bytes=0-0,-1'],
  ['If-None-Match', 'W/', '"x"', '*'],
  ['If-Modified-Since', 'yesterday', 'Thu, 01 Jan 2099 00:00:00 GMT'],
  ['Expect', 'banana'],
  ['User-Agent', '', '\u00e9'.repeat(2000), '('.repeat(4000)],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Filler', 'x'.repeat(20_000)],
];

const CONTENT_TYPES: readonly (string | readonly string[])[] = [
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/json; charset=utf-16',
  ],
  ...[
    'application/json; charset=utf-7',
    'application/json; charset=banana',
    'application/json; charset="',
    'application/jsonp',
  ],
  ...[
    '',
    ';',
    'application/json;;;',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'b'.repeat(300)}`,
  ],
  ...['application/merge-patch+json', 'APPLICATION/JSON', 'application/json, text/plain', '\u00e9'],
];

/** Bytes that are no UTF-8, or another encoding's. */
const BAD_BYTES: readonly Buffer[] = [
  ...[[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80]].map((each) =>
    Buffer.from(each),
  ),
];

const ENCODINGS: readonly string[] = ['gzip', 'deflate', 'br', 'banana', 'gzip, gzip', 'identity', ''];

function deep(open: string, close: string, levels: number): string {
  return open.repeat(levels) + '1' + close.repeat(levels);
}

const DEEP: readonly string[] = [
  ...[100, 3000, 40_000, 400_000].map((levels) => deep('[', ']', levels)),
  ...[100, 3000, 40_000, 160_000].map((levels) => deep('{"a":', '}', levels)),
];

/** Every kind of case, each tried for each operation: `npm test` tries one of each, `npm run trust` five. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'as the contract has it': remade,
  'as the matrix sends it': (aim) => fc.constant(shotAt(aim)),
  boundary: replacing(({ schema }) => boundary(schema)),
  'wrong type': replacing(() => fc.constantFrom(...ODD_VALUES)),
  'missing field': (aim) =>
    fc.constantFrom(...Object.keys({ none: 0, ...aim.query, ...fieldsOf(aim) })).map((name) => {
      const without = <T>(fields: Readonly<Record<string, T>>): Record<string, T> =>
        Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
      const query = without(aim.query);
      const body = without(fieldsOf(aim));
      return shotAt({ ...aim, query, body: aim.body === undefined ? undefined : body });
    }),
  'extra field': sending((aim) =>
    fc
      .constantFrom(
        '"__proto__":{"admin":true}',
        '"constructor":{"prototype":{}}',
        '"toString":1',
        '"":0',
        '"then":{}',
        '"\\u0000":1',
        '"a\\ud800":1',
      )
      .map((field) => [
        bytes(jsonOf(aim).replace(/^\{("?)/, (_, quote: string) => `{${field}${quote && `,${quote}`}`)),
        'application/json',
      ]),
  ),
  Unicode: replacing(() =>
    fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })),
  ),
  NUL: replacing(() => fc.constantFrom<unknown>(...ZERO_TEXTS, { 'a\0': 'b' }, ['a\0'])),
  'very long': replacing(({ part }) =>
    fc
      .constantFrom(...(part === 'body' || part === 'files' ? [20_000, 300_000, 900_000] : [2000, 7000]))
      .map((length) => 'x'.repeat(length)),
  ),
  '10 MB': (aim) =>
    fc.constantFrom(
      withContent(aim, LARGE, 'application/json'),
      withContent(aim, BLANK),
      ...(aim.files ? [withContent(aim, multipart(aim.files, LARGE))] : []),
    ),
  'deeply nested': sending((aim) =>
    fc
      .tuple(fc.constantFrom('', ...Object.keys({ extra: 0, ...fieldsOf(aim) })), fc.constantFrom(...DEEP))
      .map(([key, value]) => {
        const rest = jsonOf({ ...aim, body: { ...fieldsOf(aim), [key]: 0 } }).slice(1, -1);
        const text = key === '' ? value : `{${rest},${JSON.stringify(key)}:${value}}`;
        return [bytes(text), 'application/json'];
      }),
  ),
  'duplicate keys': sending((aim) =>
    fc.constantFrom(...Object.keys({ extra: 0, ...fieldsOf(aim) })).chain((key) =>
      fc.constantFrom('null', '[]', '"other"', '{"__proto__":1}').map((value) => {
        const field = `${JSON.stringify(key)}:${value}`;
        const rest = jsonOf(aim).slice(1, -1);
        return [bytes(`{${[field, rest, field].filter(Boolean).join(',')}}`), 'application/json'];
      }),
    ),
  ),
  'invalid UTF-8': sending((aim) =>
    fc.tuple(fc.constantFrom(...BAD_BYTES), fc.nat()).map(([bad, at]) => {
      const good = contentOf(aim) ?? bytes('{"extra":"x"}');
      const place = at % (good.length + 1);
      return [Buffer.concat([good.subarray(0, place), bad, good.subarray(place)])];
    }),
  ),
  'another encoding': (aim) =>
    fc
      .constantFrom(...ENCODINGS)
      .chain((encoding) =>
        fc
          .constantFrom<Buffer>(
            gzipSync(bytes(jsonOf(aim))),
            BOMB,
            Buffer.from(`\ufeff${jsonOf(aim)}`, 'utf16le'),
            bytes(`\ufeff${jsonOf(aim)}`),
            bytes(jsonOf(aim)),
          )
          .map((content) => shotAt(aim, { content, headers: { 'Content-Encoding': encoding } })),
      ),
  'content type': sending((aim) =>
    fc.constantFrom(...CONTENT_TYPES).map((type) => [contentOf(aim) ?? bytes('{}'), type]),
  ),
  'cut off': sending((aim) =>
    fc.nat().map((at) => {
      const whole = contentOf(aim) ?? bytes('{"extra":"x"}');
      return [whole.subarray(0, at % whole.length)];
    }),
  ),
  'another body': sending(() =>
    fc.oneof(
      fc
        .constantFrom(
          'null',
          '[]',
          '""',
          '0',
          'true',
          '[{}]',
          '{',
          '{}{}',
          '{"a":1,}',
          "{'a':1}",
          'NaN',
          '1e999',
          '\0',
          ' ',
        )
        .map((text): [Buffer] => [bytes(text)]),
      fc.uint8Array({ maxLength: 60 }).map((content): [Buffer] => [Buffer.from(content)]),
    ),
  ),
  'hostile path': (aim) =>
    fc.constantFrom(...HOSTILE_PARAMS).map((param) => {
      const names = [...aim.endpoint.path.matchAll(/:\w+/g)].map(([name]) => name);
      const last = names.at(-1);
      const path = address({ ...aim, params: { ...aim.params, ...(last ? { [last.slice(1)]: 'HERE' } : {}) } });
      return shotAt(aim, {
        path: last ? path.replace('HERE', () => param) : path.replace(/(\?|$)/, (mark) => `${param}${mark}`),
      });
    }),
  'hostile query': (aim) =>
    fc.constantFrom(...HOSTILE_QUERIES).map((query) => {
      const path = address(aim);
      return shotAt(aim, { path: `${path}${path.includes('?') ? '&' : '?'}${query}` });
    }),
  'malformed header': (aim) =>
    fc
      .constantFrom(...HOSTILE_HEADERS)
      .chain(([name, ...values]) =>
        fc.constantFrom(...values).map((value) => shotAt(aim, { headers: { [name]: value } })),
      ),
};
