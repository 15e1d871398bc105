import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

export const IMPORT_STATES = ['received', 'checking', 'saving', 'aligning', 'done', 'refused', 'failed'] as const;

/** Where bad input stood, what was found, what was expected (EXACT, Errors). `line` is the record's first physical line. */
export const ImportError = z.object({
  file: z.string(),
  line: z.number().int().nullable(),
  column: z.string().nullable(),
  found: z.string(),
  expected: z.string(),
});
export type ImportError = z.infer<typeof ImportError>;

export const ImportRun = z.object({
  importId: z.string(),
  network: w.NetworkRef,
  state: z.enum(IMPORT_STATES),
  receivedAt: w.Instant,
  finishedAt: w.Instant.nullable(),
  bytesTotal: w.Count,
  bytesRead: w.Count,
  rowsRead: w.Count,
  rowsSaved: w.Count,
  /** `removed`: rows of a set, such as the skills of a requirement, that the folder no longer lists. */
  files: z.array(
    z.object({
      file: z.string(),
      rows: w.Count,
      added: w.Count,
      changed: w.Count,
      unchanged: w.Count,
      removed: w.Count.optional(),
    }),
  ),
  notices: z.array(z.string()),
  errorCount: w.Count,
  /** The first 1,000. */
  errors: z.array(ImportError),
  /** The alignment run that followed, when there is one. */
  runId: z.string().nullable(),
});
export type ImportRun = z.infer<typeof ImportRun>;

export const importsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/imports',
    summary: 'Imports, newest first',
    response: z.object({ imports: z.array(ImportRun) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/imports/:importId',
    summary: 'One import: progress counted by the server, and its report',
    params: z.object({ importId: z.uuid() }),
    response: ImportRun,
  }),
  progress: endpoint({
    method: 'GET',
    path: '/api/imports/:importId/progress',
    summary: 'One import as it is now, and whenever that changes, until it is finished',
    params: z.object({ importId: z.uuid() }),
    stream: true,
    response: ImportRun,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/imports',
    summary: 'Upload a CSV folder, as one zip or as its files',
    query: z.object({
      network: w.NetworkSlug.default('main'),
      partial: z.enum(['yes', 'no']).default('no'),
      /** Whose the network becomes with its first import: of an importer who administers several, or of one without any role. */
      organizationId: z.uuid().optional(),
      /** Which of that organization's sources the folder comes from: ids are unique within one. */
      source: w.NetworkSlug.default('folder'),
    }),
    bodyMedia: 'multipart/form-data',
    status: 202,
    response: ImportRun,
  }),
};
