import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceLabel, sourceOf } from '../../labor-market/sources.js';
import type { SampleMarket } from './market.js';

/** The starter region's files (api/data/starter-region) as the sample's market. Throws an error that names the file when one is missing or unlike a table. */
export async function readSampleMarket(folder: string): Promise<SampleMarket> {
  const table = (name: string): Promise<Record<string, string>[]> => readTable(join(folder, name));
  const [areas, areaCounties, counties, projections, elements, occupationSkills] = await Promise.all([
    table('labor-area.csv'),
    table('labor-area-county.csv'),
    table('county.csv'),
    table('labor-projection.csv'),
    table('skill-element.csv'),
    table('occupation-skill.csv'),
  ]);
  const skillNames = new Map(
    elements.filter(({ kind }) => kind === 'skill').map((row) => [row['element_id'], row['name']]),
  );
  return {
    areas: areas.map(({ area_id: areaId = '' }) => ({
      areaId,
      counties: areaCounties.filter((row) => row['area_id'] === areaId).map(({ fips = '' }) => fips),
    })),
    occupations: projections
      .filter((row) => !isBlank(row['annual_openings']))
      .map((row) => ({
        areaId: row['area_id'] ?? '',
        soc: row['soc'] ?? '',
        title: row['title'] ?? '',
        annualOpenings: Number(row['annual_openings']),
        medianWageHourlyCents: isBlank(row['median_wage_hourly_cents'])
          ? null
          : Number(row['median_wage_hourly_cents']),
        source: sourceLabel(sourceOf(row['source_id'] ?? '')),
        vintage: row['vintage'] ?? '',
      })),
    workSkills: occupationSkills.flatMap((row) => {
      const name = skillNames.get(row['element_id']);
      return name === undefined ? [] : [{ soc: row['onet_soc'] ?? '', name, importance: Number(row['importance']) }];
    }),
    commutingZones: new Map(counties.map(({ fips = '', commuting_zone: zone = '' }) => [fips, zone])),
  };
}

async function readTable(path: string): Promise<Record<string, string>[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${path}: found no file that can be read (${error.code ?? 'error'}), expected the starter region`);
  });
  return parse(text, { columns: true, bom: true });
}

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell === '';
}
