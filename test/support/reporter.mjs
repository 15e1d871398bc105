/** Reporter of node --test for test/run.mjs: one line per test, failures with their cause, and at the end what was counted. */
export default async function* reporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    const isFile = data.nesting === 0 && data.name.endsWith('.test.ts');
    if (isFile && type === 'test:pass') continue;
    const indent = '  '.repeat(data.nesting + 1);
    const seconds = `${(data.details.duration_ms / 1000).toFixed(1)} s`;
    if (data.skip !== undefined) {
      counts.skipped += 1;
      yield `${indent}skipped: ${data.name} (${data.skip || 'no reason given'})\n`;
    } else if (type === 'test:pass') {
      counts.passed += 1;
      yield `${indent}✓ ${data.name} (${seconds})\n`;
    } else {
      counts.failed += 1;
      const cause = data.details.error?.cause ?? data.details.error;
      yield `${indent}✗ ${data.name} (${seconds})\n${cause?.stack ?? cause}\n`;
    }
  }
  yield `counted ${counts.passed} ${counts.failed} ${counts.skipped}\n`;
}
