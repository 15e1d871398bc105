import type { EntityManager } from 'typeorm';
import { sourceOf } from '../sources.js';
import { upsert } from './upsert.js';

/** Makes sure that the sources that rows are about to name are on record as labor-market/sources.ts says. */
export async function saveSources(em: EntityManager, sourceIds: readonly string[]): Promise<void> {
  const rows = sourceIds.map(sourceOf).map((source, index) => ({
    line: index,
    row: {
      source_id: source.sourceId,
      publisher: source.publisher,
      name: source.name,
      vintage: source.vintage,
      vintage_on: source.vintageOn,
      review_interval_months: source.reviewIntervalMonths,
      licence: source.licence,
      attribution: source.attribution,
    },
  }));
  const columns = [
    'source_id',
    'publisher',
    'name',
    'vintage',
    'vintage_on',
    'review_interval_months',
    'licence',
    'attribution',
  ];
  await upsert(em, { table: 'reference_source', key: ['source_id'], columns }, rows);
}
