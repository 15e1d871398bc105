import { type Cells, onetSocCell } from './cells.js';
import type { FileLoad, ReadRow, Row, Target } from './file-load.js';
import { LeftOut } from './file-load.js';
import { IMPORTANCE, LEVEL, pivotScales } from './onet-scales.js';

const KNOWN_OCCUPATION = {
  column: 'onet_soc',
  table: 'occupation',
  tableColumn: 'onet_soc',
  reason: 'unknown-occupation',
};
const CODE = 'O*NET-SOC Code';
const YES_NO = new Map([
  ['Y', true],
  ['N', false],
  ['', false],
]);

function into(
  table: string,
  key: string[],
  rest: string[],
  references: Target['references'] = [KNOWN_OCCUPATION],
): Target {
  return { table, key, columns: [...key, ...rest, 'source_id'], references };
}

/** A reader without memory. */
const each = (read: (cells: Cells, sourceId: string) => Row | LeftOut) => ({
  reader:
    ({ sourceId }: { sourceId: string }): ReadRow =>
    (cells) => {
      const row = read(cells, sourceId);
      return row instanceof LeftOut ? row : { ...row, source_id: sourceId };
    },
});

/** The elements named in a file; of many rows per element the first names it. */
function elements(kind: 'skill' | 'knowledge'): Pick<FileLoad, 'into' | 'reader'> {
  return {
    into: into('skill_element', ['element_id'], ['kind', 'name'], []),
    reader: ({ sourceId }) => {
      const seen = new Set<string>();
      return (cells) => {
        const elementId = cells.text('Element ID');
        if (seen.has(elementId)) return new LeftOut('named-before');
        seen.add(elementId);
        return { element_id: elementId, kind, name: cells.text('Element Name'), source_id: sourceId };
      };
    },
  };
}

const RATINGS: Pick<FileLoad, 'into' | 'reader'> = {
  into: into(
    'occupation_skill',
    ['onet_soc', 'element_id'],
    ['importance', 'importance_suppressed', 'level', 'level_suppressed', 'level_not_relevant'],
    [
      KNOWN_OCCUPATION,
      { column: 'element_id', table: 'skill_element', tableColumn: 'element_id', reason: 'unknown-element' },
    ],
  ),
  reader: ({ sourceId }) => {
    const pivot = pivotScales();
    return (cells) => {
      const ratings = cells.has('Scale ID') ? pivot(cells) : pivotedRow(cells);
      return ratings === null ? new LeftOut('joined-with-next-row') : { ...ratings, source_id: sourceId };
    };
  },
};

/**
 * A rating as the trimmed copy has it: one row per occupation and element. O*NET recommends to suppress estimates of low
 * precision, and a level that most call not relevant is no level: both become null, with the flag that says why.
 */
function pivotedRow(cells: Cells): Row {
  const importanceSuppressed = cells.word('im_suppress', YES_NO);
  const levelSuppressed = cells.word('lv_suppress', YES_NO);
  const notRelevant = cells.word('lv_not_relevant', YES_NO);
  return {
    onet_soc: onetSocCell(cells, CODE),
    element_id: cells.text('Element ID'),
    importance: importanceSuppressed ? null : cells.optionalNumber('importance', IMPORTANCE),
    importance_suppressed: importanceSuppressed,
    level: levelSuppressed || notRelevant ? null : cells.optionalNumber('level', LEVEL),
    level_suppressed: levelSuppressed,
    level_not_relevant: notRelevant,
  };
}

const EDUCATION_SCALES = new Map([
  ['RL', 'required-education'],
  ['RW', 'related-experience'],
  ['PT', 'on-site-training'],
  ['OJ', 'on-the-job-training'],
]);

/** Percent frequency of respondents per category; `IM` rows are ratings of training in general and name no category. */
function education(cells: Cells): Row | LeftOut {
  if (cells.raw('Scale ID') === 'IM') return new LeftOut('rating-without-category');
  const suppressed = cells.word('Recommend Suppress', new Map([...YES_NO, ['n/a', false]]));
  const percent = cells.optionalNumber('Data Value', [0, 100]);
  return {
    onet_soc: onetSocCell(cells, CODE),
    scale: cells.word('Scale ID', EDUCATION_SCALES),
    category: cells.integer('Category'),
    respondent_share: suppressed || percent === null ? null : Math.round(percent * 1_000) / 100_000,
    is_suppressed: suppressed,
  };
}

const TASK_KINDS = new Map([
  ['Core', 'core'],
  ['Supplemental', 'supplemental'],
]);

/** O*NET, in the trimmed CSV copy or as released; order matters, occupations first. */
export const ONET_FILES: readonly FileLoad[] = [
  {
    files: ['occupation_data.csv', 'Occupation Data.txt'],
    columns: [CODE, 'Title', 'Description'],
    into: into('occupation', ['onet_soc'], ['title', 'description'], []),
    ...each((cells) => ({
      onet_soc: onetSocCell(cells, CODE),
      title: cells.text('Title'),
      description: cells.optionalText('Description'),
    })),
  },
  { files: ['skills_elements.csv', 'Skills.txt'], columns: ['Element ID', 'Element Name'], ...elements('skill') },
  {
    files: ['knowledge_elements.csv', 'Knowledge.txt'],
    columns: ['Element ID', 'Element Name'],
    ...elements('knowledge'),
  },
  { files: ['skills.csv', 'Skills.txt'], columns: [CODE, 'Element ID'], ...RATINGS },
  { files: ['knowledge.csv', 'Knowledge.txt'], columns: [CODE, 'Element ID'], ...RATINGS },
  {
    files: ['technology_skills.csv', 'Technology Skills.txt'],
    columns: [CODE, 'Example', 'Commodity Title', 'Hot Technology', 'In Demand'],
    into: into('occupation_technology', ['onet_soc', 'example', 'commodity_title'], ['is_hot', 'is_in_demand']),
    ...each((cells) => ({
      onet_soc: onetSocCell(cells, CODE),
      example: cells.text('Example'),
      commodity_title: cells.text('Commodity Title'),
      is_hot: cells.word('Hot Technology', YES_NO),
      is_in_demand: cells.word('In Demand', YES_NO),
    })),
  },
  {
    files: ['tools_used.csv', 'Tools Used.txt'],
    columns: [CODE, 'Commodity Title'],
    into: into('occupation_tool', ['onet_soc', 'commodity_title'], []),
    ...each((cells) => ({ onet_soc: onetSocCell(cells, CODE), commodity_title: cells.text('Commodity Title') })),
  },
  {
    files: ['task_statements.csv', 'Task Statements.txt'],
    columns: [CODE, 'Task ID', 'Task', 'Task Type'],
    into: into('task', ['task_id'], ['onet_soc', 'statement', 'kind']),
    ...each((cells) => ({
      task_id: cells.integer('Task ID'),
      onet_soc: onetSocCell(cells, CODE),
      statement: cells.text('Task'),
      kind: cells.optionalWord('Task Type', TASK_KINDS),
    })),
  },
  {
    files: ['dwa_reference.csv', 'DWA Reference.txt'],
    columns: ['Element ID', 'Element Name', 'IWA ID', 'IWA Title', 'DWA ID', 'DWA Title'],
    into: into('dwa', ['dwa_id'], ['title', 'iwa_id', 'iwa_title', 'element_id', 'element_name'], []),
    ...each((cells) => ({
      dwa_id: cells.text('DWA ID'),
      title: cells.text('DWA Title'),
      iwa_id: cells.text('IWA ID'),
      iwa_title: cells.text('IWA Title'),
      element_id: cells.text('Element ID'),
      element_name: cells.text('Element Name'),
    })),
  },
  {
    files: ['tasks_to_dwas.csv', 'Tasks to DWAs.txt'],
    columns: ['Task ID', 'DWA ID'],
    into: into(
      'task_dwa',
      ['task_id', 'dwa_id'],
      [],
      [
        { column: 'task_id', table: 'task', tableColumn: 'task_id', reason: 'unknown-task' },
        { column: 'dwa_id', table: 'dwa', tableColumn: 'dwa_id', reason: 'unknown-activity' },
      ],
    ),
    ...each((cells) => ({ task_id: cells.integer('Task ID'), dwa_id: cells.text('DWA ID') })),
  },
  {
    files: ['alternate_titles.csv', 'Alternate Titles.txt'],
    columns: [CODE, 'Alternate Title'],
    into: into('alternate_title', ['onet_soc', 'title'], []),
    ...each((cells) => ({ onet_soc: onetSocCell(cells, CODE), title: cells.text('Alternate Title') })),
  },
  {
    files: ['education_training_experience.csv', 'Education, Training, and Experience.txt'],
    columns: [CODE, 'Scale ID', 'Category', 'Data Value', 'Recommend Suppress'],
    into: into('occupation_education', ['onet_soc', 'scale', 'category'], ['respondent_share', 'is_suppressed']),
    ...each(education),
  },
  {
    files: ['job_zones.csv', 'Job Zones.txt'],
    columns: [CODE, 'Job Zone'],
    into: into('job_zone', ['onet_soc'], ['zone']),
    ...each((cells) => ({ onet_soc: onetSocCell(cells, CODE), zone: cells.integer('Job Zone', [1, 5]) })),
  },
  {
    files: ['related_occupations.csv', 'Related Occupations.txt'],
    columns: [CODE, 'Related O*NET-SOC Code', 'Relatedness Tier', 'Index'],
    into: into(
      'related_occupation',
      ['onet_soc', 'related_onet_soc'],
      ['tier', 'rank'],
      [KNOWN_OCCUPATION, { ...KNOWN_OCCUPATION, column: 'related_onet_soc' }],
    ),
    ...each((cells) => ({
      onet_soc: onetSocCell(cells, CODE),
      related_onet_soc: onetSocCell(cells, 'Related O*NET-SOC Code'),
      tier: cells.text('Relatedness Tier'),
      rank: cells.integer('Index'),
    })),
  },
];
