import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './portal.ts';

export type MemberName = 'api-1' | 'api-2' | 'worker';

export interface Member {
  pid: number;
  /** Null of a worker. */
  url: string | null;
}

export interface Cluster {
  /** The one address in front of both API processes. */
  url: string;
  /** The process of that name as it is now, and once it is ready. */
  member(name: MemberName): Member;
  /** Ends one at once, as a crash would; answers when another is ready in its place. */
  kill(name: MemberName): Promise<Member>;
  output(): string;
  stop(): Promise<number | null>;
}

/** What `npm run start:cluster` runs once all is built, on free ports. */
export async function startCluster(env: Record<string, string>): Promise<Cluster> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'api/bin/cluster.mjs')], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', TODAY: '2026-06-30', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const member = (name: MemberName): Member => {
    const last = [...output.matchAll(new RegExp(`${name} is process (\\d+)(?: at (\\S+))?`, 'g'))].at(-1);
    if (!last) throw new Error(`${name} has not been ready yet:\n${output}`);
    return { pid: Number(last[1]), url: last[2] ?? null };
  };
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`The cluster ended (${child.exitCode}):\n${output}`);
      await delay(25);
    }
  };
  return {
    url: await until(() => /worker, ready at (\S+)/.exec(output)?.[1]?.replace('localhost', '127.0.0.1')),
    member,
    kill: async (name) => {
      const { pid } = member(name);
      process.kill(pid, 'SIGKILL');
      return until(() => (member(name).pid === pid ? undefined : member(name)));
    },
    output: () => output,
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
