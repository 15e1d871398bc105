import presets from 'jest-preset-angular/presets/index.js';

/** Page specs: Angular components in jsdom, as ES modules. */
export default {
  ...presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
  displayName: 'web',
  setupFilesAfterEnv: ['<rootDir>/src/test-setup.ts'],
  moduleNameMapper: {
    '^@throughway/([^/]+)/(.*)$': '<rootDir>/../libs/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/dist/', '/node_modules/'],
  testTimeout: 60_000,
};
