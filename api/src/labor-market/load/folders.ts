import { BLS_PROJECTION_FILES, BLS_WAGE_FILES } from './bls.js';
import { CODE_FILES } from './codes.js';
import { COUNTY_FIGURE_SOURCES, COUNTY_FILES, COUNTY_SOURCES } from './counties.js';
import type { FileLoad, Row, Target } from './file-load.js';
import { CREDENTIAL_FILES, INSTITUTION_FILES } from './institutions.js';
import { KYSTATS_FILES } from './kystats.js';
import { ONET_FILES } from './onet.js';

/** A folder of a publisher's files, loaded in one transaction. */
export interface Folder {
  /** As the catalog calls it, for messages. */
  title: string;
  /** What the folder's name must be; its groups tell the release. */
  name: RegExp;
  /** Source of rows that name none themselves, from the match of `name`. */
  sourceId(match: RegExpExecArray): string;
  /** All sources that rows of this folder can name. */
  sourceIds(own: string): readonly string[];
  files: readonly FileLoad[];
  /** Facts that stand in no file, saved before the files. */
  facts?: { into: Target; rows: readonly Row[] };
}

function folder(name: string, files: readonly FileLoad[], also: readonly string[] = []): Folder {
  return {
    title: name,
    name: new RegExp(`^${name}$`),
    sourceId: () => name,
    sourceIds: (own) => [own, ...also],
    files,
  };
}

/** Every folder that can be loaded, in the order in which their rows refer to each other. */
export const FOLDERS: readonly Folder[] = [
  {
    title: 'counties',
    name: /^counties$/,
    sourceId: () => 'usda-rucc-2023',
    sourceIds: () => [...new Set([...Object.values(COUNTY_FIGURE_SOURCES), 'us-atlas', 'census-popctr-2010'])],
    files: COUNTY_FILES,
    facts: COUNTY_SOURCES,
  },
  {
    title: 'cip-soc',
    name: /^cip-soc$/,
    sourceId: () => 'cip-2020',
    sourceIds: () => ['soc-2018', 'oews-hybrid-2019', 'cip-2020', 'cip2020-soc2018', 'onet-29.3'],
    files: CODE_FILES,
  },
  {
    title: 'onet-<release>',
    name: /^(?:onet-(\d+)\.(\d+)|db_(\d+)_(\d+)(?:_text)?)$/,
    sourceId: (match) => `onet-${match[1] ?? match[3]}.${match[2] ?? match[4]}`,
    sourceIds: (own) => [own],
    files: ONET_FILES,
  },
  folder('kystats-outlook-2022-32', KYSTATS_FILES),
  folder('bls-projections-2024-34', BLS_PROJECTION_FILES),
  folder('bls-oews-national-2025-05', BLS_WAGE_FILES),
  folder('ipeds-hd2023', INSTITUTION_FILES),
  folder('nj-credentials', CREDENTIAL_FILES),
];
