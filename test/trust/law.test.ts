import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript-eslint';
import { ROOT, temporaryFolder } from '../support/portal.ts';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder('law');
  for (const name of ['sheriff.config.ts', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(ROOT, name), join(folder.path, name));
  }
  for (const project of ['libs/alignment', 'libs/partnership', 'api', 'web']) {
    plant(`${project}/tsconfig.json`, '{ "extends": "../../tsconfig.base.json" }'.replace('../../', up(project)));
  }
  for (const room of readdirSync(join(ROOT, 'libs'))) {
    mkdirSync(join(folder.path, 'libs', room, 'src'), { recursive: true });
  }
  mkdirSync(join(folder.path, 'migrations'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'));
});
afterEach(() => folder.remove());

const up = (project: string): string => '../'.repeat(project.split('/').length);

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

function verify(): { status: number | null; output: string } {
  const done = spawnSync('sheriff', ['verify'], { cwd: folder.path, encoding: 'utf8' });
  return { status: done.status, output: done.stdout + done.stderr };
}

/** Files that keep the law; the tests add the one that breaks it. */
function plantLawful(): void {
  plant('libs/partnership/src/rung.ts', 'export const rung = 1;');
  plant('libs/alignment/src/align.ts', 'export const align = 1;');
  plant('libs/alignment/src/align.spec.ts', "import { align } from './align.js'; export { align };");
  plant('api/src/programs/programs.repository.ts', 'export const rows = 1;');
  plant(
    'api/src/programs/programs.service.ts',
    "import { rows } from './programs.repository.js'; export const programs = rows;",
  );
  plant('api/src/main.ts', "import { programs } from './programs/programs.service.js'; export { programs };");
  plant('web/src/main.ts', 'export {};');
}

test('rooms that look upstream keep the law', () => {
  plantLawful();
  const { status, output } = verify();
  assert.equal(status, 0, output);
});

const PLANTED: [string, string, string][] = [
  [
    'an engine that imports another engine',
    'libs/alignment/src/crooked.spec.ts',
    "import { rung } from '@throughway/partnership/rung'; export { rung };",
  ],
  [
    'an api room that looks downstream',
    'api/src/labor-market/crooked.ts',
    "import { programs } from '../programs/programs.service.js'; export { programs };",
  ],
  [
    "an api room that reaches into another room's repository",
    'api/src/partnerships/crooked.spec.ts',
    "import { rows } from '../programs/programs.repository.js'; export { rows };",
  ],
  [
    'the web importing the api',
    'web/src/app/public/crooked.spec.ts',
    "import { programs } from '../../../../api/src/programs/programs.service.js'; export { programs };",
  ],
  [
    'a persona that imports another persona',
    'web/src/app/student/crooked.spec.ts',
    "import { page } from '../coordinator/page.js'; export { page };",
  ],
];
for (const [what, path, text] of PLANTED) {
  test(`${what} is caught`, () => {
    plantLawful();
    plant('web/src/app/coordinator/page.ts', 'export const page = 1;');
    plant(path, text);
    plant('api/src/cli/walk.ts', `import '../labor-market/crooked.js';`);
    const { status, output } = verify();
    assert.notEqual(status, 0, `not caught:\n${output}`);
    assert.match(output, /crooked(\.spec)?\.ts/);
  });
}

const IMPURE: [string, string][] = [
  ['a package', "import { of } from 'rxjs'; export { of };"],
  ['input and output', "import fs from 'fs'; export { fs };"],
  ['a package of another room', "import * as z from 'zod'; export { z };"],
  ['the time', 'export const now = Date.now();'],
  ['the time by another name', 'export const now = globalThis.Date.now();'],
  ['chance', 'export const id = crypto.randomUUID();'],
];
test('an engine that reaches for a package, the time or chance is caught, and a pure one is not', async () => {
  const eslint = new ESLint({ cwd: ROOT, overrideConfig: [ts.configs.disableTypeChecked] });
  const lint = async (text: string): Promise<Linter.LintMessage[]> => {
    const results = await eslint.lintText(text, { filePath: join(ROOT, 'libs/alignment/src/crooked.ts') });
    return results.flatMap(({ messages }) => messages);
  };
  assert.deepEqual(
    await lint("import { compareIds } from '@throughway/vocabulary/compare-ids';\nexport { compareIds };\n"),
    [],
  );
  for (const [what, text] of IMPURE) {
    const messages = await lint(text);
    assert.ok(
      messages.some(({ ruleId }) => ruleId?.startsWith('no-restricted-')),
      `${what} was not caught`,
    );
  }
});
