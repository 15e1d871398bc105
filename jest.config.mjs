/** Unit and API specs: libs and api under SWC, as ES modules, against sources (never dist). Page specs: web/jest.config.mjs. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/api/src', '<rootDir>/migrations'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@throughway/([^/]+)/(.*)$': '<rootDir>/libs/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/dist/', '/node_modules/'],
  modulePathIgnorePatterns: ['/dist/'],
  testTimeout: 60_000,
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
