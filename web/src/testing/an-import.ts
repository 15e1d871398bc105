import type { ImportRun } from '@throughway/contracts/imports';

/** An import that went through. */
export function anImport(facts: Partial<ImportRun> = {}): ImportRun {
  return {
    importId: '0d9f5a52-27bb-4d0e-9a57-6b0f7c1f2d11',
    network: { slug: 'main', name: 'Our region', sample: false },
    state: 'done',
    receivedAt: '2026-07-01T13:20:00Z',
    finishedAt: '2026-07-01T13:20:09Z',
    bytesTotal: 1_048_576,
    bytesRead: 1_048_576,
    rowsRead: 5_210,
    rowsSaved: 5_210,
    files: [
      { file: 'employers.csv', rows: 42, added: 40, changed: 2, unchanged: 0 },
      { file: 'requirements.csv', rows: 118, added: 0, changed: 0, unchanged: 118 },
    ],
    notices: ['employers.csv: column “phone” is not used.'],
    errorCount: 0,
    errors: [],
    runId: '0199c0de-0000-7000-8000-000000000002',
    ...facts,
  };
}

export function aRefusedImport(): ImportRun {
  return anImport({
    state: 'refused',
    rowsSaved: 0,
    files: [],
    notices: [],
    errorCount: 1_204,
    errors: [
      {
        file: 'requirements.csv',
        line: 14,
        column: 'employer_id',
        found: '=HYPERLINK("x")',
        expected: 'an employer_id that employers.csv lists',
      },
      { file: 'units.csv', line: null, column: null, found: 'no file', expected: 'units.csv' },
    ],
    runId: null,
  });
}
