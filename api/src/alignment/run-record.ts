import type { LocalDate } from '@throughway/vocabulary/local-date';

export type RunCause = 'start' | 'import' | 'nightly' | 'change' | 'command';

/** A run as its receipt. */
export interface RunRecord {
  runId: string;
  cause: RunCause;
  asOf: LocalDate;
  threshold: string;
  engine: string;
  digest: string;
  components: number;
  componentsSolved: number;
  startedAt: Date;
  finishedAt: Date;
}
