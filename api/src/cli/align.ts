import { digestNetwork } from '@throughway/formats/digest-network';
import { describeProblem, type FormatProblem } from '@throughway/formats/format-problem';
import { serializeAlignment } from '@throughway/formats/serialize-alignment';
import { parseDay } from '@throughway/vocabulary/local-date';
import { parseRatio, type Ratio } from '@throughway/vocabulary/parse-ratio';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { alignNetwork } from '../alignment/align-network.js';
import { loadCommutingZones } from '../alignment/commuting-zones.js';
import { readFolder } from '../intake/read-folder.js';
import { readPreviousFlags } from './previous-flags.js';
import { summarizeAlignment } from './summarize-alignment.js';
import { UsageError } from './usage-error.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** `throughway align` (FORMATS): reads the folder, aligns it as of a day, writes `alignment.json`, and prints what it says. */
export async function run(args: string[]): Promise<number> {
  const options = readOptions(args);
  const previous = options.previous === undefined ? undefined : await readPreviousFlags(options.previous, options.asOf);
  const { network, errors, notices } = await readFolder(options.data);
  await writeProblems(notices, 'notice: ');
  if (errors.length > 0) {
    await writeProblems(errors, '');
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    process.stderr.write(`throughway align: ${count} in ${options.data}; nothing was written\n`);
    return 1;
  }
  const digest = digestNetwork(network, (text) => createHash('sha256').update(text).digest('hex'));
  const { result } = alignNetwork(network, {
    asOf: options.asOf,
    threshold: options.threshold,
    commutingZoneOf: loadCommutingZones(),
    digest,
    ...(previous && { previous }),
  });
  const path = join(options.out, 'alignment.json');
  await writeFileAtomically(path, serializeAlignment(result));
  if (options.json) await writeAll(process.stdout, serializeAlignment(result));
  else process.stdout.write(`${summarizeAlignment(result, network)}\nWritten to ${path}\n`);
  return 0;
}

interface AlignArguments {
  data: string;
  out: string;
  asOf: number;
  threshold: Ratio;
  previous: string | undefined;
  json: boolean;
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readOptions(args: string[]): AlignArguments {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      'as-of': { type: 'string' },
      out: { type: 'string' },
      threshold: { type: 'string', default: '0.8' },
      previous: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const asOf = parseDay(needed(values['as-of'], '--as-of'));
  if (asOf === null) throw new UsageError(`--as-of: found "${values['as-of']}", expected a date as YYYY-MM-DD`);
  const threshold = parseRatio(values.threshold);
  if (!threshold) throw new UsageError(`--threshold: found "${values.threshold}", expected a decimal from 0 to 1`);
  return {
    data: needed(values.data, '--data'),
    out: needed(values.out, '--out'),
    asOf,
    threshold,
    previous: values.previous,
    json: values.json,
  };
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing`);
  return value;
}

async function writeProblems(problems: readonly FormatProblem[], prefix: string): Promise<void> {
  await writeAll(
    process.stderr,
    problems.map((problem) => `${prefix}${describeProblem(problem)}\n`),
  );
}

/** Writes all pieces, waiting where the reader is slow; one that closes early (`… | head`) has what it wanted. */
async function writeAll(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), stream, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
