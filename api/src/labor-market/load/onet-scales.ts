import { BadCell, type Cells, onetSocCell } from './cells.js';
import type { Row } from './file-load.js';

/** O*NET's scales reference: IM 1–5, LV 0–7. */
export const IMPORTANCE = [1, 5] as const;
export const LEVEL = [0, 7] as const;

const FLAG = new Map([
  ['Y', true],
  ['N', false],
  ['n/a', false],
  ['', false],
]);

/**
 * Turns O*NET's long form (a row per scale, `IM` importance 1–5 and `LV` level 0–7) into one row per occupation and
 * element. The two rows of a rating stand next to each other in every release, importance first; the rating is handed over
 * with its second row, so the first answers null. A rating that lacks one of its scales is a bad row.
 */
export function pivotScales(): (cells: Cells) => Row | null {
  let waiting: Row | null = null;
  return (cells) => {
    const onetSoc = onetSocCell(cells, 'O*NET-SOC Code');
    const elementId = cells.text('Element ID');
    const scale = cells.raw('Scale ID');
    const suppressed = cells.word('Recommend Suppress', FLAG);
    const value = cells.optionalNumber('Data Value', scale === 'LV' ? LEVEL : IMPORTANCE);
    if (scale === 'IM') {
      const lonely = waiting;
      waiting = {
        onet_soc: onetSoc,
        element_id: elementId,
        importance: suppressed ? null : value,
        importance_suppressed: suppressed,
      };
      if (lonely)
        throw new BadCell('Scale ID', `IM after ${String(lonely['element_id'])} IM`, 'LV of that element first');
      return null;
    }
    if (scale !== 'LV') throw new BadCell('Scale ID', scale, '"IM" or "LV"');
    const rating = waiting;
    waiting = null;
    if (rating === null || rating['onet_soc'] !== onetSoc || rating['element_id'] !== elementId) {
      throw new BadCell('Scale ID', 'LV', `IM of ${onetSoc} ${elementId} on the row before`);
    }
    const notRelevant = cells.word('Not Relevant', FLAG);
    return {
      ...rating,
      level: suppressed || notRelevant ? null : value,
      level_suppressed: suppressed,
      level_not_relevant: notRelevant,
    };
  };
}
