import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/portal.ts';

test('throughway align says what the naive oracle says, and planted faults are caught', () => {
  const done = spawnSync(process.execPath, [join(ROOT, 'test/trust/align-differential.ts')], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stdout + done.stderr);
});
