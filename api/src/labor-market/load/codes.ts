import { type Cells, onetSocCell, socCell } from './cells.js';
import { type FileLoad, LeftOut, type ReadRow, type Row, type Target } from './file-load.js';

/** How the CIP–SOC crosswalk says that a program prepares for no one occupation, and that no program prepares for one. */
const NO_OCCUPATION = '99-9999';
const NO_PROGRAM = '99.9999';

const KNOWN_PROGRAM = { column: 'cip_code', table: 'cip', tableColumn: 'cip_code', reason: 'unknown-program' };
const SOC_GROUPS = new Map([
  ['Major', 'major'],
  ['Minor', 'minor'],
  ['Broad', 'broad'],
  ['Detailed', 'detailed'],
]);

function cipCell(cells: Cells, column: string): string {
  return cells.matching(column, /^\d{2}(\.\d{2}(\d{2})?)?$/, 'a program code such as 51.3801');
}

/** NCES ends every title with a full stop; on screen it would stand in the middle of sentences. */
function programTitle(cells: Cells, column: string): string {
  return cells.text(column).replace(/\.$/, '');
}

function load(
  file: string,
  columns: string[],
  target: Omit<Target, 'columns'> & { rest?: string[] },
  sourceId: string,
  read: (cells: Cells) => Row | LeftOut,
): FileLoad {
  const { rest = [], ...into } = target;
  const reader = (): ReadRow => (cells) => {
    const row = read(cells);
    return row instanceof LeftOut ? row : { ...row, source_id: sourceId };
  };
  return { files: [file], columns, into: { ...into, columns: [...into.key, ...rest, 'source_id'] }, reader };
}

/** SOC 2018, CIP 2020 and the bridges between them, each under its own source. */
export const CODE_FILES: readonly FileLoad[] = [
  load(
    'soc2018_definitions.csv',
    ['SOCGroup', 'SOCCode', 'SOCTitle', 'SOCDefinition'],
    { table: 'soc_definition', key: ['soc'], rest: ['soc_group', 'title', 'definition'] },
    'soc-2018',
    (cells) => ({
      soc: socCell(cells, 'SOCCode'),
      soc_group: cells.word('SOCGroup', SOC_GROUPS),
      title: cells.text('SOCTitle'),
      definition: cells.optionalText('SOCDefinition'),
    }),
  ),
  load(
    'oes_hybrid_crosswalk.csv',
    ['OES2019EstimatesCode', 'OES2019EstimatesTitle', 'SOCCode2018', 'SOCTitle2018'],
    { table: 'soc_estimate', key: ['estimate_code', 'soc'], rest: ['estimate_title', 'soc_title'] },
    'oews-hybrid-2019',
    (cells) => ({
      estimate_code: socCell(cells, 'OES2019EstimatesCode'),
      soc: socCell(cells, 'SOCCode2018'),
      estimate_title: cells.text('OES2019EstimatesTitle'),
      soc_title: cells.text('SOCTitle2018'),
    }),
  ),
  load(
    'soc2010_to_2018_crosswalk.csv',
    ['SOCCode2010', 'SOCCode2018'],
    { table: 'soc_change', key: ['soc_2010', 'soc_2018'] },
    'soc-2018',
    (cells) => ({ soc_2010: socCell(cells, 'SOCCode2010'), soc_2018: socCell(cells, 'SOCCode2018') }),
  ),
  load(
    'cip2020.csv',
    ['CIPCode', 'CIPTitle', 'CIPDefinition'],
    { table: 'cip', key: ['cip_code'], rest: ['title', 'definition'] },
    'cip-2020',
    (cells) => ({
      cip_code: cipCell(cells, 'CIPCode'),
      title: programTitle(cells, 'CIPTitle'),
      definition: cells.optionalText('CIPDefinition'),
    }),
  ),
  load(
    'cip2020_soc2018_crosswalk.csv',
    ['CIP2020Code', 'SOC2018Code'],
    { table: 'cip_soc', key: ['cip_code', 'soc'], references: [KNOWN_PROGRAM] },
    'cip2020-soc2018',
    (cells) => {
      const row = { cip_code: cipCell(cells, 'CIP2020Code'), soc: socCell(cells, 'SOC2018Code') };
      if (row.soc === NO_OCCUPATION) return new LeftOut('program-without-occupation');
      return row.cip_code === NO_PROGRAM ? new LeftOut('occupation-without-program') : row;
    },
  ),
  load(
    'onet_education_cip2020_to_onetsoc2019.csv',
    ['2020 CIP Code', 'O*NET-SOC 2019 Code'],
    { table: 'cip_occupation', key: ['cip_code', 'onet_soc'], references: [KNOWN_PROGRAM] },
    'onet-29.3',
    (cells) => ({ cip_code: cipCell(cells, '2020 CIP Code'), onet_soc: onetSocCell(cells, 'O*NET-SOC 2019 Code') }),
  ),
];
