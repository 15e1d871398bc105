// npm run build: installs what is missing and builds what changed. Any Node ≥ 18 can start this file.
import { ensureInstalled } from './install.mjs';
import { run } from './with-node.mjs';

ensureInstalled();
process.exit(await run('nx', ['run-many', '-t', 'build', '--outputStyle=static']));
