import { COHORT_FLAG_CODES, type CohortFlagCode } from '@throughway/vocabulary/alignment-result';
import { parseDay, type Day, type LocalDate } from '@throughway/vocabulary/local-date';
import { readFile } from 'node:fs/promises';

/**
 * Since when each cohort's flags stood according to an earlier `alignment.json`, by cohort and code; dates after `asOf` are not known
 * then and left out. Throws an error that says what is wrong with the file.
 */
export async function readPreviousFlags(path: string, asOf: Day): Promise<Map<string, Map<CohortFlagCode, LocalDate>>> {
  const complain = (found: string) =>
    new Error(`--previous ${path}: found ${found}, expected an earlier alignment.json`);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw complain(error.code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${error.code})`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw complain('text that is not JSON');
  }
  if (!isRecord(content) || content['format'] !== 'throughway-alignment/1') {
    throw complain('no format "throughway-alignment/1"');
  }
  const byCohort = new Map<string, Map<CohortFlagCode, LocalDate>>();
  for (const cohort of listIn(content, 'cohorts')) {
    const cohortId = isRecord(cohort) ? cohort['cohortId'] : undefined;
    if (!isRecord(cohort) || typeof cohortId !== 'string') throw complain('a cohort without a cohortId');
    const flags = new Map<CohortFlagCode, LocalDate>();
    for (const flag of listIn(cohort, 'flags')) {
      const code = COHORT_FLAG_CODES.find((one) => isRecord(flag) && flag['code'] === one);
      const since = isRecord(flag) ? flag['since'] : undefined;
      const day = typeof since === 'string' ? parseDay(since) : null;
      if (!code || typeof since !== 'string' || day === null)
        throw complain(`an unreadable flag of cohort ${cohortId}`);
      if (day <= asOf) flags.set(code, since);
    }
    byCohort.set(cohortId, flags);
  }
  return byCohort;

  function listIn(owner: Record<string, unknown>, key: string): unknown[] {
    const list = owner[key];
    if (!Array.isArray(list)) throw complain(`no list "${key}"`);
    return list;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
