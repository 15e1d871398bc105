import { formatDay, parseDay, type Day } from '@throughway/vocabulary/local-date';
import { SPECIAL_POPULATIONS, type SpecialPopulation } from '@throughway/vocabulary/special-populations';
import type { Column } from './columns.js';
import { isPlainText } from './person-columns.js';

/** A group that a student belongs to, since when, and who says so. */
export interface PopulationEntry {
  population: SpecialPopulation;
  sinceOn: Day;
  source: string;
}

const SOURCE_LIMIT = 200;

/** `code:YYYY-MM-DD:source` entries separated by `;`, each code once; a blank cell is none. */
export function specialPopulations(name: string): Column<PopulationEntry[]> {
  return {
    name,
    expected: `entries code:YYYY-MM-DD:source separated by ";", each code once, one of ${SPECIAL_POPULATIONS.join(', ')}`,
    read: (cell) => {
      const entries = readEntries(cell);
      return typeof entries === 'string' ? undefined : entries;
    },
    fault: (cell) => {
      const entries = readEntries(cell);
      return typeof entries === 'string' ? entries : 'entries';
    },
    write: (entries) =>
      entries.map(({ population, sinceOn, source }) => `${population}:${formatDay(sinceOn)}:${source}`).join('; '),
    blank: { value: [] },
  };
}

/** The entries, or what is wrong with the first that is none, without repeating it. A source may hold further colons. */
function readEntries(cell: string): PopulationEntry[] | string {
  const parts = cell.split(';').filter((entry) => entry.trim() !== '');
  const entries: PopulationEntry[] = [];
  for (const [at, part] of parts.entries()) {
    const place = `entry ${at + 1} of ${parts.length}`;
    const [code = '', since = '', ...rest] = part.split(':');
    const population = SPECIAL_POPULATIONS.find((one) => one === code.trim());
    const sinceOn = parseDay(since.trim());
    const source = rest.join(':').trim();
    if (!population) return `${place} with an unknown code`;
    if (sinceOn === null) return `${place} without a date`;
    if (!isPlainText(source, SOURCE_LIMIT))
      return `${place} without a source of at most ${SOURCE_LIMIT} plain characters`;
    if (entries.some((other) => other.population === population)) return `${place} with the code of an earlier one`;
    entries.push({ population, sinceOn, source });
  }
  return entries;
}
