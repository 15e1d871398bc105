// The law of sheriff.config.ts over every entry; prints what breaks it, or one line.
import { spawnSync } from 'node:child_process';

const { stdout, stderr, status } = spawnSync('sheriff', ['verify'], { encoding: 'utf8' });
if (status === 0) {
  console.log('  no arrow turns round');
} else {
  const broken = stdout.split(/Project: /).filter((part) => part.includes('Issues found'));
  console.error(broken.join('\n') || stdout + stderr);
}
process.exit(status ?? 1);
