const specs = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@throughway/([^/]+)/(.*)$': '<rootDir>/libs/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/dist/', '/node_modules/'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
};

/** Unit and API specs, as ES modules, against sources (never dist). Page specs: web/jest.config.mjs. */
export default {
  testTimeout: 60_000,
  projects: [
    { ...specs, displayName: 'libs', roots: ['<rootDir>/libs'] },
    {
      ...specs,
      displayName: 'api',
      roots: ['<rootDir>/api/src', '<rootDir>/migrations'],
      globalSetup: '<rootDir>/test/support/jest-database.mjs',
      globalTeardown: '<rootDir>/test/support/jest-database-stop.mjs',
    },
  ],
};
