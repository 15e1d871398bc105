import { Injectable } from '@nestjs/common';
import type { StudentRow } from '@throughway/formats/students-file';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import type { EntityManager } from 'typeorm';
import { InvitationsService } from '../identity/invitations.service.js';
import { type Act, recordActs } from '../platform/audit/record-acts.js';
import { Clock } from '../platform/clock/clock.js';
import { endSignedAs } from './end-consents.js';
import * as repository from './student-rows.repository.js';

export interface SavedStudents {
  added: number;
  /** Students of whom anything changed: a cell, a guardian or a population. */
  changed: number;
  unchanged: number;
  /** Accounts that stand for a student or guardian no longer, since the address in the record is another. */
  unlinked: number;
}

interface Import {
  /** Columns that the file has. */
  present: ReadonlySet<keyof StudentRow>;
  today: Day;
  /** Null for the server itself. */
  importedById: string | null;
}

const BATCH_ROWS = 4000;
const ANALYZE_FROM_ROWS = 1000;

/** Writes the records of a school's students: the only writer of this room's tables. */
@Injectable()
export class StudentRecords {
  constructor(
    private readonly clock: Clock,
    private readonly invitations: InvitationsService,
  ) {}

  /**
   * Adds and changes students by the school's own id, in the caller's transaction and under the school's lock; whom the rows do not name
   * stays as they are (docs/adr/0004). Ids are unique among `rows`. The invitation to an address that
   * leaves a record, and the account that came by it, stand for nobody from then on, and what was said yes to there ends. Four statements
   * or so per 4,000 rows.
   */
  async save(
    em: EntityManager,
    organizationId: string,
    rows: readonly StudentRow[],
    { present, today, importedById }: Import,
  ): Promise<SavedStudents> {
    await repository.lockSchool(em, organizationId);
    const saved: SavedStudents = { added: 0, changed: 0, unchanged: 0, unlinked: 0 };
    const acts: Act[] = [];
    for (let start = 0; start < rows.length; start += BATCH_ROWS) {
      const batch = rows.slice(start, start + BATCH_ROWS);
      const { added, changed, unlinked, ended } = await this.saveBatch(em, organizationId, batch, {
        present,
        today,
        importedById,
      });
      saved.added += added;
      saved.changed += changed;
      saved.unlinked += unlinked;
      acts.push(...ended);
      saved.unchanged += batch.length - added - changed;
    }
    if (saved.added + saved.changed > ANALYZE_FROM_ROWS) await repository.analyze(em);
    await recordActs(em, this.clock.now(), ...acts);
    return saved;
  }

  private async saveBatch(
    em: EntityManager,
    organizationId: string,
    rows: readonly StudentRow[],
    { present, today, importedById }: Import,
  ): Promise<Omit<SavedStudents, 'unchanged'> & { ended: Act[] }> {
    const at = this.clock.now();
    const written = await repository.upsertStudents(em, organizationId, rows, { present, at });
    const ids = rows.map(({ schoolStudentId }) => schoolStudentId);
    await repository.markListed(em, organizationId, ids, today);
    const lists: string[] = [];
    const unreachable = written.flatMap(({ studentId, hasOtherEmail }) => (hasOtherEmail ? [studentId] : []));
    // A column that is not there says nothing about the lists.
    if (present.has('guardians')) {
      const { studentIds, endedIds } = await repository.replaceGuardians(em, organizationId, rows, at);
      lists.push(...studentIds);
      unreachable.push(...endedIds);
    }
    if (present.has('populations')) {
      lists.push(...(await repository.replacePopulations(em, organizationId, rows, today)));
    }
    const unlinked = await this.invitations.endAccounts(em, unreachable, importedById);
    const actor = importedById === null ? 'operator' : { personId: importedById };
    const ended = await endSignedAs(em, unreachable, { actor, at, today: formatDay(today) });
    const added = new Set(written.flatMap(({ studentId, isNew }) => (isNew ? [studentId] : [])));
    const touched = new Set([...written.map(({ studentId }) => studentId), ...lists]);
    if (lists.length > 0) await repository.markChanged(em, lists, at);
    return { added: added.size, changed: touched.size - added.size, unlinked, ended };
  }
}
