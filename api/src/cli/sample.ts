import { NETWORK_FILES } from '@throughway/formats/network-files';
import { serializeNetwork } from '@throughway/formats/serialize-network';
import { parseDay, type Day, type LocalDate } from '@throughway/vocabulary/local-date';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSampleNetwork } from '../intake/sample/generate-sample-network.js';
import { readSampleMarket } from '../intake/sample/read-sample-market.js';
import { localDate } from '../platform/clock/clock.js';
import { parseConfig, PROJECT_ROOT } from '../platform/config/config.js';
import { UsageError } from './usage-error.js';
import { writeFileAtomically } from './write-file-atomically.js';

const DEFAULT_SEED = '1';

/** The seed's generator counts in 32 bits. */
const LARGEST_SEED = 2 ** 32 - 1;

/** `throughway sample`: writes the synthetic sample network as the folder of FORMATS, dated around `--as-of` (default: today). */
export async function run(args: string[]): Promise<number> {
  const { out, asOf, seed } = readOptions(args);
  const taken = Object.values(NETWORK_FILES).find(({ name }) => existsSync(join(out, name)));
  if (taken) throw new UsageError(`--out: found ${join(out, taken.name)}, expected a folder without such files`);
  const market = await readSampleMarket(join(PROJECT_ROOT, 'api', 'data', 'starter-region'));
  const network = generateSampleNetwork({ seed, asOf, market });
  for (const { name, text } of serializeNetwork(network)) await writeFileAtomically(join(out, name), [text]);
  const { employers, pathways, cohorts, evidence } = network;
  process.stdout.write(
    `Synthetic sample: ${employers.length} employers, ${pathways.length} pathways, ${cohorts.length} cohorts, ` +
      `${evidence.length} pieces of evidence.\nWritten to ${out}\n`,
  );
  return 0;
}

/** Throws {@link UsageError} for an option that is missing or cannot be read. */
function readOptions(args: string[]): { out: string; asOf: Day; seed: number } {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      'as-of': { type: 'string' },
      seed: { type: 'string', default: DEFAULT_SEED },
    },
  });
  if (values.out === undefined || values.out === '') throw new UsageError('--out is missing');
  const written = values['as-of'] ?? today();
  const asOf = parseDay(written);
  if (asOf === null) throw new UsageError(`--as-of: found "${written}", expected a date as YYYY-MM-DD`);
  const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : NaN;
  if (!(seed <= LARGEST_SEED))
    throw new UsageError(`--seed: found "${values.seed}", expected a whole number from 0 to ${LARGEST_SEED}`);
  return { out: values.out, asOf, seed };
}

/** The configured zone's calendar day, or the frozen one. */
function today(): LocalDate {
  // eslint-disable-next-line no-restricted-properties -- a command is an entry of the program: its configuration comes in here
  const { TODAY, TIME_ZONE } = parseConfig(process.env);
  return TODAY ?? localDate(new Date(), TIME_ZONE);
}
