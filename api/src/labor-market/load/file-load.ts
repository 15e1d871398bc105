import type { Cells } from './cells.js';

export type Value = string | number | boolean | null;

/** A row of one of our tables, by column. */
export type Row = Record<string, Value>;

/** Where rows go and what makes two of them the same. */
export interface Target {
  table: string;
  /** Columns of the primary key. */
  key: readonly string[];
  /** All columns that are written, the key's included. */
  columns: readonly string[];
  /** Columns that must name a row already there; others are left out for `reason`. Null passes. */
  references?: readonly { column: string; table: string; tableColumn: string; reason: string }[];
  /** An expression by which rows are alike although their keys differ; the first by `firstBy`, else by line, stays. */
  alikeBy?: string;
  firstBy?: string;
  /** Rows only fill columns of rows that exist (named by `references`); none is ever added. */
  fills?: true;
}

/** Why a row of a publisher's file was not taken; kebab-case, counted in the report. */
export class LeftOut {
  constructor(readonly reason: string) {}
}

/** What one row of a file becomes. */
export type ReadRow = (cells: Cells) => Row | LeftOut;

/** One way to read one file of one publisher into one table. */
export interface FileLoad {
  /** Names under which the file is published, the first that exists is read; relative to the source's folder. */
  files: readonly string[];
  /** Columns without which the file is not what it claims to be. */
  columns: readonly string[];
  into: Target;
  /** A fresh reader per load, since some remember earlier rows. */
  reader(source: { sourceId: string }): ReadRow;
}

/** A bad row: left out, and named so that a person can find it. */
export interface Problem {
  line: number;
  column: string;
  found: string;
  expected: string;
}

/** What loading one file did: `read` = added + changed + unchanged + all left out + problems. */
export interface FileReport {
  folder: string;
  file: string;
  table: string;
  /** Data rows in the file, header not counted. */
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  /** Reason → rows. */
  leftOut: Record<string, number>;
  problemCount: number;
  /** The first {@link PROBLEMS_SHOWN} problems, by line. */
  problems: Problem[];
  seconds: number;
}

export const PROBLEMS_SHOWN = 20;
