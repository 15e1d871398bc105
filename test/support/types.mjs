// Type-checks every project, specs and tests included.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const projects = [...readdirSync('libs').map((room) => `libs/${room}`), 'migrations', 'api', 'web', 'test'].filter(
  (folder) => existsSync(`${folder}/tsconfig.json`),
);
const failed = projects.filter((folder) => {
  const done = spawnSync('tsc', ['--noEmit', '-p', `${folder}/tsconfig.json`], { stdio: 'inherit' });
  return done.status !== 0;
});
console.log(`  ${projects.length - failed.length} of ${projects.length} projects are sound`);
process.exit(failed.length);
