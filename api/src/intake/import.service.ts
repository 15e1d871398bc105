import { Injectable, Logger } from '@nestjs/common';
import type { ImportError } from '@throughway/contracts/imports';
import { describeProblem } from '@throughway/formats/format-problem';
import type { ReadNetwork } from '@throughway/formats/network-reader';
import type { Network } from '@throughway/vocabulary/network';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { AlignmentService } from '../alignment/alignment.service.js';
import type { SavedFile } from '../platform/database/network-rows.js';
import { describeConflict } from './describe-conflict.js';
import { NetworkIntake, type SavedNetwork } from './network-intake.service.js';
import { FolderUnreadable, readFolder } from './read-folder.js';
import { readZip } from './read-zip.js';
import { ZIP_NAME } from './receive-upload.js';

/** How far an import is; told at least at every change of state. */
export interface ImportProgress {
  state: 'checking' | 'saving' | 'aligning';
  bytesRead: number;
  rowsRead: number;
  rowsSaved: number;
}

/** What an import came to; the rows are saved, or nothing is. */
export interface ImportReport {
  state: 'done' | 'refused';
  files: SavedFile[];
  notices: string[];
  errors: ImportError[];
  runId: string | null;
  /** As it stood at the end. */
  progress: ImportProgress;
}

export interface ImportOrder {
  path: string;
  networkId: number;
  partial: boolean;
}

type Tell = (progress: ImportProgress) => void | Promise<void>;

/** Notices kept of one import. */
const NOTICES_KEPT = 200;

/** Reads a folder, saves it and brings results up to date: the same for an upload and for the command. */
@Injectable()
export class ImportService {
  private readonly logger = new Logger('Import');

  constructor(
    private readonly intake: NetworkIntake,
    private readonly alignment: AlignmentService,
  ) {}

  /**
   * Imports the folder or zip at `path` in the caller's transaction; unless the report says `done`, no row was changed. With
   * `partial`, rows with errors, and rows that depend on them, are left out and reported; without it any error refuses
   * everything.
   */
  async importFolder(em: EntityManager, order: ImportOrder, tell: Tell): Promise<ImportReport> {
    const progress: ImportProgress = { state: 'checking', bytesRead: 0, rowsRead: 0, rowsSaved: 0 };
    await tell(progress);
    const { saved, notices, errors } = await this.readAndSave(em, order, progress, tell);
    if (!saved) return { state: 'refused', files: [], notices, errors, runId: null, progress };
    await tell(Object.assign(progress, { state: 'aligning' }));
    const run = await this.alignment.alignChanged(em, order.networkId, saved.touched, 'import');
    return { state: 'done', files: saved.files, notices, errors, runId: run?.runId ?? null, progress };
  }

  /** Lets go of the rows when it returns, so that aligning has the memory. */
  private async readAndSave(
    em: EntityManager,
    { path, networkId, partial }: ImportOrder,
    progress: ImportProgress,
    tell: Tell,
  ): Promise<{ saved: SavedNetwork | null; notices: string[]; errors: ImportError[] }> {
    let read: ReadNetwork;
    try {
      read = await readUpload(path, (bytesRead, rowsRead) => {
        void tell(Object.assign(progress, { bytesRead, rowsRead }));
      });
    } catch (error) {
      if (!(error instanceof FolderUnreadable)) throw error;
      return { saved: null, notices: [], errors: [unreadable(error)] };
    }
    const { errors } = read;
    const notices = [...read.leftOut, ...read.notices].slice(0, NOTICES_KEPT).map(describeProblem);
    if (errors.length > 0 && !partial) return { saved: null, notices, errors };

    await tell(Object.assign(progress, { state: 'saving', rowsRead: read.rowCount }));
    const saved = await this.save(em, networkId, read, async (count) => {
      progress.rowsSaved += count;
      await tell(progress);
    });
    return 'expected' in saved ? { saved: null, notices, errors: [saved] } : { saved, notices, errors };
  }

  /** Saves what was read, or changes nothing and says what the database refused. */
  private async save(
    em: EntityManager,
    networkId: number,
    { network, present, errors }: ReadNetwork,
    onRows: (count: number) => Promise<void>,
  ): Promise<SavedNetwork | ImportError> {
    // A file that did not come changes nothing, since it says nothing.
    const rows: Partial<Network> = Object.fromEntries(present.map((kind) => [kind, network[kind]]));
    await em.query('SAVEPOINT import_save');
    try {
      return await this.intake.save(em, networkId, rows, { onRows, keepSets: errors.length > 0 });
    } catch (error) {
      const conflict = describeConflict(error);
      if (!conflict) throw error;
      this.logger.warn({ networkId, error });
      await em.query('ROLLBACK TO SAVEPOINT import_save');
      return conflict;
    }
  }
}

/**
 * The zip at `path`, or in the spool folder at `path`, or else the folder itself. A part of a folder will do, as long as it
 * is sound by itself: an import adds and changes (docs/adr/0004).
 */
async function readUpload(path: string, onProgress: (bytes: number, rows: number) => void): Promise<ReadNetwork> {
  const spooled = join(path, ZIP_NAME);
  const options = { onProgress, everyFile: false };
  if (await isFile(path)) return readZip(path, options);
  return (await isFile(spooled)) ? readZip(spooled, options) : readFolder(path, options);
}

function unreadable(error: FolderUnreadable): ImportError {
  const [found = error.message, expected = 'a folder of CSV files'] = error.message
    .replace(/^.*?found /, '')
    .split(', expected ');
  return { file: 'upload', line: null, column: null, found, expected };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
