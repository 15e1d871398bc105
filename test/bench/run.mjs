// npm run bench [-- room] [--json FILE]: measures, with peers in the same run, and prints a table. Any Node ≥ 18 starts it.
import { ensureInstalled } from '../../api/bin/install.mjs';
import { run } from '../../api/bin/with-node.mjs';

ensureInstalled();
const built = await run('nx', ['run-many', '-t', 'build', '--outputStyle=static'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built !== 0) process.exit(built);
process.exit(await run('node', ['test/bench/main.ts', ...process.argv.slice(2)]));
