#!/usr/bin/env node
// `throughway …`: starts the command line under the project's pinned Node, whatever Node (18 or newer) runs this file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root, run } from './with-node.mjs';

const main = join(root, 'api', 'dist', 'cli', 'main.js');
if (!existsSync(main)) {
  console.error('throughway: the command line is not built yet; run "npm run build" first.');
  process.exit(1);
}
process.exit(await run(projectNode(), [main, ...process.argv.slice(2)], { cwd: process.cwd() }));
