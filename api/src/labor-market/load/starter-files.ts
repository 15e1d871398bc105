import type { FileLoad, Target } from './file-load.js';
import { COUNTIES } from './counties.js';
import { AREA_COUNTIES, AREA_TOTALS, AREAS, PROJECTIONS } from './kystats.js';

/** The tables that the starter region fills, in the order in which their rows refer to each other; texts that it leaves out stay out of `columns`. */
export const STARTER_TARGETS: readonly Target[] = [
  COUNTIES,
  { table: 'county_source', key: ['figure'], columns: ['figure', 'source_id'] },
  AREAS,
  AREA_COUNTIES,
  AREA_TOTALS,
  PROJECTIONS,
  { table: 'soc_definition', key: ['soc'], columns: ['soc', 'soc_group', 'title', 'source_id'] },
  {
    table: 'soc_estimate',
    key: ['estimate_code', 'soc'],
    columns: ['estimate_code', 'soc', 'estimate_title', 'soc_title', 'source_id'],
  },
  { table: 'occupation', key: ['onet_soc'], columns: ['onet_soc', 'title', 'source_id'] },
  { table: 'job_zone', key: ['onet_soc'], columns: ['onet_soc', 'zone', 'source_id'] },
  { table: 'skill_element', key: ['element_id'], columns: ['element_id', 'kind', 'name', 'source_id'] },
  {
    table: 'occupation_skill',
    key: ['onet_soc', 'element_id'],
    columns: [
      ...['onet_soc', 'element_id', 'importance', 'importance_suppressed', 'level', 'level_suppressed'],
      ...['level_not_relevant', 'source_id'],
    ],
  },
  { table: 'cip', key: ['cip_code'], columns: ['cip_code', 'title', 'source_id'] },
  { table: 'cip_soc', key: ['cip_code', 'soc'], columns: ['cip_code', 'soc', 'source_id'] },
];

/** `labor_projection` is `labor-projection.csv`. */
export function starterFile(target: Target): string {
  return `${target.table.replaceAll('_', '-')}.csv`;
}

/** The starter's files carry our own columns, so a blank is null and nothing is converted. `vintage` is for people who read them. */
export const STARTER_FILES: readonly FileLoad[] = STARTER_TARGETS.map((target) => ({
  files: [starterFile(target)],
  columns: [...target.columns, 'vintage'],
  into: target,
  reader: () => (cells) =>
    Object.fromEntries(target.columns.map((column) => [column, cells.raw(column) === '' ? null : cells.raw(column)])),
}));
