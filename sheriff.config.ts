import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sameTag, type SheriffConfig } from '@softarc/sheriff-core';

/** The law between the rooms (SHAPE.md): arrows point one way only, and `sheriff verify` fails when one turns round. */

/** Engines are leaves: they know words, days and flows, never each other. */
const LIBRARIES: Record<string, string[]> = {
  vocabulary: [],
  calendar: ['vocabulary'],
  flow: ['vocabulary'],
  formats: ['vocabulary', 'calendar'],
  alignment: ['vocabulary', 'calendar', 'flow'],
  partnership: ['vocabulary', 'calendar'],
  ledger: ['vocabulary'],
  contracts: ['vocabulary'],
};

/** A student's journey; a room sees the rooms before it. */
const STORY = [
  'identity',
  'labor-market',
  'programs',
  'partnerships',
  'students',
  'alignment',
  'matching',
  'placements',
  'pipeline',
  'outcomes',
  'intake',
  'digest',
];

/** By who is looking; `account` is anyone who comes in, and their own account. */
const PERSONAS = ['public', 'account', 'student', 'employer', 'educator', 'coordinator', 'admin'];

const libraries = Object.fromEntries(
  Object.entries(LIBRARIES).map(([room, seen]) => [`lib:${room}`, [sameTag, ...seen.map((other) => `lib:${other}`)]]),
);
/** Specs may put the whole application together; what they test may not. */
const inSpec = ({ fromFilePath }: { fromFilePath: string }): boolean => fromFilePath.endsWith('.spec.ts');
const rooms = Object.fromEntries(
  STORY.map((room, place) => [
    `api:${room}`,
    [sameTag, inSpec, 'api:platform', 'lib:*', ...STORY.slice(0, place).map((earlier) => `api:${earlier}`)],
  ]),
);
const personas = Object.fromEntries(
  PERSONAS.map((persona) => [
    `web:${persona}`,
    [sameTag, 'web:data', 'web:ui', 'web:testing', 'lib:contracts', 'lib:vocabulary'],
  ]),
);

/** Every program, command, spec and migration starts a walk: what none of them reaches is dead code. */
function entries(): Record<string, string> {
  const starts = (folder: string, wanted: RegExp): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => wanted.test(name) && !/(^|\/)(dist|node_modules)\//.test(name))
      .map((name) => join(folder, name));
  const found = [
    ...starts('libs', /\.spec\.ts$/),
    ...starts('api/src', /(\.spec|^main|^cli\/[a-z-]+)\.ts$/),
    ...starts('migrations', /\.ts$/),
    ...starts('web/src', /(\.spec|^main)\.ts$/),
  ];
  return Object.fromEntries(found.map((file) => [file, file]));
}

export const config: SheriffConfig = {
  enableBarrelLess: true,
  autoTagging: false,
  encapsulationPattern: /\.(repository|entities)\.ts$/,
  entryPoints: entries(),
  modules: {
    'libs/<room>': 'lib:<room>',
    'api/src/<room>': 'api:<room>',
    'web/src/app/<room>': 'web:<room>',
    'web/src/testing': 'web:testing',
  },
  depRules: {
    root: ['api:*', 'web:shell', 'web:ui', 'web:data', 'web:*', 'lib:*'],
    ...libraries,
    ...rooms,
    'api:platform': [sameTag, inSpec, 'lib:contracts', 'lib:ledger', 'lib:vocabulary'],
    'api:cli': [sameTag, 'api:*', 'lib:*', 'root'],
    ...personas,
    'web:data': [sameTag, 'lib:contracts', 'lib:vocabulary'],
    'web:ui': [sameTag, 'lib:contracts', 'lib:vocabulary'],
    'web:shell': [sameTag, 'web:data', 'web:ui', 'web:testing'],
    // What page specs open pages with; nothing that ships imports it.
    'web:testing': ['web:*', 'lib:*', 'root'],
  },
};
