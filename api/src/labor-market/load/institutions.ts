import { type Cells, socCell } from './cells.js';
import { type FileLoad, LeftOut, type ReadRow, type Row } from './file-load.js';

/** IPEDS writes -2 (and -0002 for a county) for "not applicable", -1 for "not reported". */
function code(cells: Cells, column: string): number | null {
  const value = cells.optionalInteger(column);
  return value === null || value < 0 ? null : value;
}

/** Active institutions; three outside the counties of 2023 have no county. */
export const INSTITUTION_FILES: readonly FileLoad[] = [
  {
    files: ['hd2023_active.csv'],
    columns: [
      ...['UNITID', 'INSTNM', 'CITY', 'STABBR', 'SECTOR', 'ICLEVEL', 'CONTROL', 'HLOFFER', 'LOCALE', 'COUNTYCD'],
      ...['LONGITUD', 'LATITUDE', 'WEBADDR'],
    ],
    into: {
      table: 'reference_institution',
      key: ['ipeds_unit_id'],
      columns: [
        ...['ipeds_unit_id', 'name', 'city', 'state', 'county_fips', 'sector', 'level_code', 'control_code'],
        ...['highest_offering_code', 'locale_code', 'latitude_degrees', 'longitude_degrees', 'website', 'source_id'],
      ],
      references: [{ column: 'county_fips', table: 'county', tableColumn: 'fips', reason: 'unknown-county' }],
    },
    reader:
      ({ sourceId }) =>
      (cells) => ({
        ipeds_unit_id: cells.integer('UNITID'),
        name: cells.text('INSTNM'),
        city: cells.text('CITY'),
        state: cells.text('STABBR'),
        county_fips: /^\d{5}$/.test(cells.raw('COUNTYCD')) ? cells.raw('COUNTYCD') : null,
        sector: code(cells, 'SECTOR'),
        level_code: code(cells, 'ICLEVEL'),
        control_code: code(cells, 'CONTROL'),
        highest_offering_code: code(cells, 'HLOFFER'),
        locale_code: code(cells, 'LOCALE'),
        latitude_degrees: cells.optionalNumber('LATITUDE', [-90, 90]),
        longitude_degrees: cells.optionalNumber('LONGITUD', [-180, 180]),
        website: cells.optionalText('WEBADDR'),
        source_id: sourceId,
      }),
  },
];

const STATE = 'NJ';
const DELETED = new Map([
  ['0', false],
  ['1', true],
]);

/** New Jersey's lists keep what it deleted, and hold one credential under several numbers: the lowest number stays. */
function credentials(file: string, kind: 'industry-credential' | 'license'): FileLoad {
  return {
    files: [file],
    columns: ['ID', 'NAME', 'CODE', 'ISDELETED'],
    into: {
      table: 'reference_credential',
      key: ['credential_id'],
      columns: ['credential_id', 'kind', 'state', 'name', 'code', 'issuer_id', 'source_id'],
      alikeBy: 'lower(name)',
      firstBy: 'length(credential_id), credential_id',
    },
    reader:
      ({ sourceId }) =>
      (cells) => {
        if (cells.word('ISDELETED', DELETED)) return new LeftOut('deleted-by-publisher');
        return {
          credential_id: `nj-${kind}-${cells.integer('ID')}`,
          kind,
          state: STATE,
          name: cells.text('NAME'),
          code: cells.optionalText('CODE'),
          issuer_id: cells.has('ISSUERID') ? cells.optionalInteger('ISSUERID') : null,
          source_id: sourceId,
        };
      },
  };
}

function inDemand(
  file: string,
  [code, title]: [string, string],
  kind: 'cip' | 'soc',
  read: (cells: Cells) => string,
): FileLoad {
  return {
    files: [file],
    columns: [code, title],
    into: {
      table: 'state_in_demand',
      key: ['state', 'kind', 'code'],
      columns: ['state', 'kind', 'code', 'title', 'source_id'],
    },
    reader:
      ({ sourceId }): ReadRow =>
      (cells): Row => ({
        state: STATE,
        kind,
        code: read(cells),
        title: cells.text(title).replace(/\.$/, ''),
        source_id: sourceId,
      }),
  };
}

export const CREDENTIAL_FILES: readonly FileLoad[] = [
  credentials('TBLINDUSTRYCREDENTIAL_DATA_TABLE.csv', 'industry-credential'),
  credentials('TBLLICENSE_DATA_TABLE.csv', 'license'),
  inDemand('in_demand_cips.csv', ['CIP', 'CIPTitle'], 'cip', (cells) =>
    cells.matching('CIP', /^\d{2}\.\d{4}$/, 'a program code such as 51.3801'),
  ),
  inDemand('in_demand_socs.csv', ['SOC', 'OCCUPATIONTITLE'], 'soc', (cells) => socCell(cells, 'SOC')),
];
