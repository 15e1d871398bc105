import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import ts from 'typescript-eslint';

/** What an engine may not touch (SHAPE law 7): time, chance, the network, the process and the console come from outside. */
const IMPURE = [
  { object: 'Date', property: 'now', message: 'Time is passed in.' },
  { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
];

/** What lies in `libs/` imports its own room, other rooms as the law allows, and no package but those named. */
const onlyRoomsAnd = (...packages) => ({
  regex: `^(?!\\.{1,2}/|@throughway/${packages.map((name) => `|${name}$`).join('')})`,
  message: 'Engines are pure: no package, no I/O.',
});

const IMPURE_GLOBALS = [
  'fetch',
  'process',
  'console',
  'performance',
  'crypto',
  'globalThis',
  'setTimeout',
  'setInterval',
];

const DATA_SOURCE = {
  name: 'typeorm',
  importNames: ['DataSource', 'InjectDataSource'],
  message: 'Rooms receive an EntityManager; only api/src/platform opens connections (SHAPE law 6).',
};

export default ts.config(
  { ignores: ['**/dist', '**/node_modules', '.nx', '.angular', '.data', '**/*.mjs', 'sheriff.config.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'No barrels (SHAPE law 5).' }],
      'no-undef': 'off',
    },
  },
  {
    files: ['api/**/*.ts', 'migrations/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['api/src/**/*.ts'],
    ignores: ['api/src/platform/**', 'api/src/*.ts', '**/*.spec.ts', '**/*.builder.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [DATA_SOURCE] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is parsed once, in platform/config.' },
      ],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.builder.ts'],
    rules: {
      'no-restricted-properties': ['error', ...IMPURE],
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-imports': ['error', { patterns: [onlyRoomsAnd()] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels (SHAPE law 5).' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is passed in.' },
      ],
    },
  },
  {
    files: ['libs/contracts/src/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [onlyRoomsAnd('zod')] }] },
  },
  {
    files: ['test/**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'suite'] }] },
      ],
    },
  },
  { files: ['web/**/*.ts'], extends: [...angular.configs.tsRecommended], processor: angular.processInlineTemplates },
  {
    files: ['web/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  prettier,
);
