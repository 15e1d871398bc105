import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 1000;

/**
 * Calls `leave` once when the command that launched this process is gone, so that a killed `npm start` leaves nothing
 * running: when the launcher's channel closes, or, under npm on Linux, when npm itself or its shell has died.
 */
export function leaveWithLauncher(leave: () => void): void {
  if (!process.send) return;
  process.once('disconnect', leave);
  const underNpm = process.env['npm_lifecycle_event'] !== undefined && process.platform === 'linux';
  const chain = underNpm ? ancestors(process.ppid, 3) : [];
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    if (chain.every(({ pid, startedAt }) => readStat(pid)?.startedAt === startedAt)) return;
    clearInterval(timer);
    leave();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The launcher, and above it the shell and npm, as far as their names say that they are such. */
function ancestors(launcher: number, depth: number): Stat[] {
  const chain: Stat[] = [];
  for (let pid = launcher; chain.length < depth;) {
    const stat = readStat(pid);
    if (!stat || (chain.length > 0 && !/^(sh|dash|bash|npm|node)/.test(stat.name))) break;
    chain.push(stat);
    if (stat.name.startsWith('npm')) break;
    pid = stat.parent;
  }
  // Without npm in sight the ones above are somebody's shell, whose end means nothing.
  return chain.at(-1)?.name.startsWith('npm') ? chain : chain.slice(0, 1);
}

interface Stat {
  pid: number;
  name: string;
  parent: number;
  /** Clock ticks after boot: tells a process from a later one that got its number. */
  startedAt: string;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return { pid, name, parent: Number(fields[1]), startedAt: fields[19] ?? '' };
  } catch {
    return null;
  }
}
