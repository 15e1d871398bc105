import { Injectable } from '@nestjs/common';
import type { StudentImportReport } from '@throughway/contracts/students';
import { describeProblem } from '@throughway/formats/format-problem';
import { STUDENTS_FILE, type StudentRow } from '@throughway/formats/students-file';
import { type ReadStudents, StudentsReader } from '@throughway/formats/students-reader';
import { type Day, formatDay } from '@throughway/vocabulary/local-date';
import { ROLES_OF } from '@throughway/vocabulary/roles';
import type { IncomingMessage } from 'node:http';
import { recordActs } from '../platform/audit/record-acts.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { may } from '../platform/auth/sight.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import { receiveStudents } from './receive-students.js';
import { type SavedStudents, StudentRecords } from './student-records.service.js';
import { findSchool } from './students.repository.js';

/** Errors that a report lists. */
const LISTED = 1000;
const NOTHING_SAVED: SavedStudents = { added: 0, changed: 0, unchanged: 0, unlinked: 0 };

/** Imports students.csv: read as it comes, saved whole or not at all (docs/adr/0016). */
@Injectable()
export class StudentImportService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly records: StudentRecords,
  ) {}

  /**
   * @throws not-signed-in, second-factor-needed; not-found but for an administrator or coordinator of the school;
   * no-students-here for what is no school; bad-input and too-large for what is no such upload
   */
  async import(
    request: IncomingMessage,
    asking: Actor | null,
    { organizationId, partial }: { organizationId: string; partial: boolean },
  ): Promise<StudentImportReport> {
    const actor = settled(asking);
    const school = may(actor, 'student.manage', organizationId)
      ? await this.transactions.read((em) => findSchool(em, organizationId))
      : null;
    if (!school) throw notFound('school');
    if (!ROLES_OF[school.kind].includes('student')) {
      throw refuse(
        'no-students-here',
        `Found a ${school.kind}, expected the school or college whose students these are.`,
      );
    }
    const today = this.clock.todayAsDay();
    const reader = new StudentsReader({ today, school: school.name });
    await receiveStudents(request, reader);
    const read = reader.finish();
    const isRefused = read.errorCount > 0 && !(partial && read.isWhole);
    const { unlinked, ...saved } = isRefused ? NOTHING_SAVED : await this.save(actor, organizationId, read, today);
    return {
      state: isRefused ? 'refused' : 'done',
      rowsRead: read.rowCount,
      ...saved,
      errorCount: read.errorCount,
      errors: read.errors.slice(0, LISTED),
      notices: noticesOf(read, isRefused, unlinked),
    };
  }

  private async save(
    actor: Actor,
    organizationId: string,
    { rows, present }: ReadStudents,
    today: Day,
  ): Promise<SavedStudents> {
    let code: string;
    try {
      return await this.transactions.inTenant({ actor }, async (em) => {
        const importedById = actor.personId;
        const saved = await this.records.save(em, organizationId, rows, { present, today, importedById });
        await recordActs(em, this.clock.now(), {
          organizationId,
          actor,
          action: 'students-imported',
          detail: { ...saved },
          subject: { kind: 'organization', id: organizationId },
        });
        return saved;
      });
    } catch (error) {
      code = codeOf(error);
    }
    // The database may quote a row in what it says, so that only its code may reach the log.
    throw new Error(`students of ${organizationId} were not saved on ${formatDay(today)}: ${code}`);
  }
}

function noticesOf(
  { rows, notices, errorCount, present }: ReadStudents,
  isRefused: boolean,
  unlinked: number,
): string[] {
  const told = notices.map(describeProblem);
  for (const [field, { name }] of Object.entries(STUDENTS_FILE.columns)) {
    if (present.size > 0 && !present.has(field as keyof StudentRow) && field !== 'school')
      told.push(`${STUDENTS_FILE.name}: found no column ${name}; what is recorded there stays`);
  }
  if (errorCount > 0 && !isRefused) told.push('Rows with an error were left out.');
  if (unlinked > 0) {
    told.push(
      `${unlinked} ${unlinked === 1 ? 'account sees its' : 'accounts see their'} record no longer, since the mail address there is another` +
        ' now; invite the new address',
    );
  }
  const shared = rows.filter(hasSharedAddress).length;
  if (shared > 0) {
    told.push(
      `${shared} ${shared === 1 ? 'student shares' : 'students share'} a mail address with a guardian; neither can be invited` +
        ' while the record says so',
    );
  }
  return told;
}

function hasSharedAddress({ email, guardians }: StudentRow): boolean {
  return email !== null && guardians.some((guardian) => guardian.email.toLowerCase() === email.toLowerCase());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
