import { describe, expect, test } from '@jest/globals';
import { formatDay, parseDay } from '@throughway/vocabulary/local-date';
import { SPECIAL_POPULATIONS } from '@throughway/vocabulary/special-populations';
import fc from 'fast-check';
import * as z from 'zod';
import { describeProblem } from './format-problem.js';
import { isMailAddress } from './person-columns.js';
import { STUDENTS_FILE } from './students-file.js';
import { aStudent, readStudents, STUDENT_COLUMNS, studentsText, type StudentCells } from './students.builder.js';

const errorsOf = (content: string | Uint8Array) => readStudents(content).errors.map(describeProblem);
const oneWith = (cells: StudentCells) => studentsText([aStudent(1, cells)]);
const CODES = SPECIAL_POPULATIONS.join(', ');

describe('students.csv', () => {
  test('reads as rows, with guardians and populations', () => {
    const text = oneWith({
      guardian_contacts: 'Sample Guardian One <one@sample.example>; Sample Guardian Two <Two@sample.example>;',
      special_populations: 'rural:2024-08-01:RUCC 2023: code 7;english-learner:2023-09-01:WIDA screener',
      school: 'Sample School',
    });
    expect(readStudents(text)).toMatchObject({ errors: [], notices: [], rowCount: 1, isWhole: true });
    expect(readStudents(text).rows).toEqual([
      {
        schoolStudentId: 'S001',
        school: 'Sample School',
        givenName: 'Sample',
        familyName: 'Student 001',
        email: 'student001@sample.example',
        bornOn: parseDay('2010-03-01'),
        grade: '11',
        cohortId: null,
        guardians: [
          { name: 'Sample Guardian One', email: 'one@sample.example' },
          { name: 'Sample Guardian Two', email: 'Two@sample.example' },
        ],
        populations: [
          { population: 'rural', sinceOn: parseDay('2024-08-01'), source: 'RUCC 2023: code 7' },
          { population: 'english-learner', sinceOn: parseDay('2023-09-01'), source: 'WIDA screener' },
        ],
      },
    ]);
  });

  test('means the same with a byte order mark, CRLF, columns in another order, and whatever the pieces', () => {
    const plain = studentsText([aStudent(1), aStudent(2)]);
    const whole = readStudents(plain);
    const reordered = studentsText([aStudent(1), aStudent(2)], [...STUDENT_COLUMNS].reverse());
    for (const text of [`\uFEFF${plain}`, plain.replaceAll('\n', '\r\n'), reordered])
      expect(readStudents(text).rows).toEqual(whole.rows);
    expect(readStudents(plain, { pieceSize: 1 })).toEqual(whole);
  });

  test('may lack the columns that may be blank, and says which it has', () => {
    const { errors, rows, present } = readStudents(
      studentsText([aStudent(1)], ['student_id', 'given_name', 'family_name', 'birth_date']),
    );
    expect(errors).toEqual([]);
    expect(rows).toMatchObject([{ email: null, guardians: [], populations: [] }]);
    expect([...present]).toEqual(['schoolStudentId', 'givenName', 'familyName', 'bornOn']);
  });
});

describe('an error says where, what kind of thing was found, and what was expected', () => {
  test.each<[string, StudentCells, string]>([
    ['no id', { student_id: '' }, 'student_id: found a blank cell, expected an id of at most 200 characters'],
    [
      'a formula for an id',
      { student_id: '=1+1' },
      'student_id: found what a spreadsheet may take for a formula, expected an id of at most 200 characters',
    ],
    [
      'a formula for a name',
      { given_name: '@SUM(A1)' },
      'given_name: found what a spreadsheet may take for a formula, expected a name of at most 100 characters on one line',
    ],
    [
      'a name of spaces',
      { given_name: '   ' },
      'given_name: found a text of 3 characters, expected a name of at most 100 characters on one line',
    ],
    [
      'a name on two lines',
      { family_name: 'Two\nLines' },
      'family_name: found a text of 9 characters with a line break, expected a name of at most 100 characters on one line',
    ],
    [
      'a name that turns the text round',
      { family_name: 'a\u202Eb' },
      'family_name: found a text of 3 characters, expected a name of at most 100 characters on one line',
    ],
    [
      'a broken address',
      { email: 'ann@' },
      'email: found a text of 4 characters, expected a mail address or a blank cell',
    ],
    [
      'another school',
      { school: 'Other School' },
      'school: found the name of another school, expected a blank cell or Sample School',
    ],
    [
      'an impossible date',
      { birth_date: '2010-02-30' },
      'birth_date: found a text of 10 characters, expected a date as YYYY-MM-DD',
    ],
    [
      'an American date',
      { birth_date: '3/1/2010' },
      'birth_date: found a text of 8 characters, expected a date as YYYY-MM-DD',
    ],
    [
      'a number for a date',
      { birth_date: '40238' },
      'birth_date: found a number of 5 digits, expected a date as YYYY-MM-DD',
    ],
    [
      'a future birth',
      { birth_date: '2026-07-01' },
      'birth_date: found a day in the future, expected a birth date before 2026-06-30',
    ],
    [
      'a birth of 121 years ago',
      { birth_date: '1905-06-30' },
      'birth_date: found a day more than 120 years ago, expected the birth date of someone living',
    ],
    [
      'twelve, on the eve of 13',
      { birth_date: '2013-07-01' },
      'birth_date: found a day less than 13 years ago, expected 13 years or older on 2026-06-30',
    ],
    [
      'a guardian without an address',
      { guardian_contacts: 'A <a@sample.example>; B' },
      'guardian_contacts: found entry 2 of 2 without an address in <>, expected at most 10 entries "Name <mail address>" separated by ";", each address once',
    ],
    [
      'a guardian with a broken address',
      { guardian_contacts: 'A <a@b@c.example>' },
      'guardian_contacts: found entry 1 of 1 with a broken address, expected at most 10 entries "Name <mail address>" separated by ";", each address once',
    ],
    [
      'a guardian without a name',
      { guardian_contacts: '<a@sample.example>' },
      'guardian_contacts: found entry 1 of 1 without a name of at most 200 plain characters, expected at most 10 entries "Name <mail address>" separated by ";", each address once',
    ],
    [
      'a guardian twice',
      { guardian_contacts: 'A <a@sample.example>;B <A@Sample.example>' },
      'guardian_contacts: found entry 2 of 2 with the address of an earlier one, expected at most 10 entries "Name <mail address>" separated by ";", each address once',
    ],
    [
      'eleven guardians',
      { guardian_contacts: 'A <a@b.example>;'.repeat(11) },
      'guardian_contacts: found 11 entries, expected at most 10 entries "Name <mail address>" separated by ";", each address once',
    ],
    [
      'an unknown population',
      { special_populations: 'gifted:2024-01-01:x' },
      `special_populations: found entry 1 of 1 with an unknown code, expected entries code:YYYY-MM-DD:source separated by ";", each code once, one of ${CODES}`,
    ],
    [
      'a population without a date',
      { special_populations: 'rural' },
      `special_populations: found entry 1 of 1 without a date, expected entries code:YYYY-MM-DD:source separated by ";", each code once, one of ${CODES}`,
    ],
    [
      'a population without a source',
      { special_populations: 'rural:2024-01-01:' },
      `special_populations: found entry 1 of 1 without a source of at most 200 plain characters, expected entries code:YYYY-MM-DD:source separated by ";", each code once, one of ${CODES}`,
    ],
    [
      'a population twice',
      { special_populations: 'rural:2024-01-01:x;rural:2025-01-01:y' },
      `special_populations: found entry 2 of 2 with the code of an earlier one, expected entries code:YYYY-MM-DD:source separated by ";", each code once, one of ${CODES}`,
    ],
    [
      'a population to come',
      { special_populations: 'rural:2026-07-01:x' },
      'special_populations: found entry 1 with a day in the future, expected a date from the birth date to 2026-06-30',
    ],
    [
      'a population before birth',
      { special_populations: 'rural:2010-02-28:x' },
      'special_populations: found entry 1 with a day before the birth date, expected a date from the birth date to 2026-06-30',
    ],
  ])('%s', (_, cells, expected) => {
    expect(errorsOf(oneWith(cells))).toEqual([`students.csv:2 ${expected}`]);
  });

  test('an id twice, naming the line of the first', () => {
    expect(errorsOf(studentsText([aStudent(1), aStudent(2), aStudent(1)]))).toEqual([
      'students.csv:4 student_id: found the id of line 2 again, expected each id once',
    ]);
  });

  test('all at once, by line and column, and only the sound rows are left', () => {
    const text = studentsText([
      aStudent(1, { birth_date: '2020-01-01', email: 'x', guardian_contacts: 'x' }),
      aStudent(2),
      aStudent(1, { given_name: '' }),
    ]);
    const { errors, rows, rowCount, isWhole } = readStudents(text);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 'email'],
      [2, 'birth_date'],
      [2, 'guardian_contacts'],
      [4, 'student_id'],
      [4, 'given_name'],
    ]);
    expect([rows.map(({ schoolStudentId }) => schoolStudentId), rowCount, isWhole]).toEqual([['S002'], 3, true]);
  });

  test('a row with a cell too many or too few, and a quote in the middle', () => {
    const [header = '', row = ''] = studentsText([aStudent(1)]).split('\n');
    expect(errorsOf(`${header}\n${row},x\n`)).toEqual([
      'students.csv:2 column 11: found a row of 11 cells, expected 10 cells, as the header has',
    ]);
    expect(errorsOf(`${header}\nS1,,Ann\n`)).toEqual([
      "students.csv:2 family_name: found the row's end after 3 cells, expected 10 cells, as the header has",
    ]);
    expect(errorsOf(`${header}\nS1,,A"nn,,,,,,,\n`)).toHaveLength(1);
  });
});

describe('a file that cannot be read whole', () => {
  const text = studentsText([aStudent(1), aStudent(2)]);
  const utf16 = (mark: number[]) => new Uint8Array([...mark, ...Buffer.from(text, 'utf16le')]);

  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^students\.csv:1 student_id: found an empty file/],
    ['UTF-16 with its mark', utf16([0xff, 0xfe]), /^students\.csv:1 student_id: found byte 0xFF, as UTF-16/],
    ['UTF-16 without its mark', utf16([]), /^students\.csv:1 student_id: found a zero byte/],
    [
      'a zero byte in a row',
      text.replace('Student 002', 'Student\0'),
      /^students\.csv:3 family_name: found a zero byte/,
    ],
    [
      'without birth dates',
      studentsText([aStudent(1)], ['student_id', 'given_name', 'family_name']),
      /birth_date: found no such column/,
    ],
    [
      'with a column twice',
      studentsText([aStudent(1)], [...STUDENT_COLUMNS, 'email']),
      /email: found this column twice/,
    ],
  ])('%s', (_, content, expected) => {
    const { errors, isWhole } = readStudents(content);
    expect(describeProblem(errors[0]!)).toMatch(expected);
    expect(isWhole).toBe(false);
  });

  test('without a header names nobody, though the first student stands in its place', () => {
    const rows = text.slice(text.indexOf('\n') + 1);
    const { isWhole, errors, notices } = readStudents(`${rows}S3,,Sample\n`);
    expect(isWhole).toBe(false);
    expect(errors.at(-1)).toMatchObject({ line: 3, column: 'column 4' });
    expect(JSON.stringify([errors, notices])).not.toMatch(/Student 00|sample\.example/);
  });

  test('with more rows than are taken is given up early, however it goes on', () => {
    const { errors, isWhole, rowCount } = readStudents(
      studentsText(Array.from({ length: 50 }, (_, at) => aStudent(at))),
      {
        rowLimit: 10,
        pieceSize: 200,
      },
    );
    expect(errors.map(describeProblem)).toEqual([
      'students.csv: found more than 10 rows, expected at most 10, in several files if need be',
    ]);
    expect(isWhole).toBe(false);
    expect(rowCount).toBeLessThan(20);
  });

  test('with one bad byte keeps the other rows, and not the one with the byte', () => {
    const bytes = Buffer.from(studentsText([aStudent(1, { given_name: 'Zo!' }), aStudent(2)]));
    bytes[bytes.indexOf(0x21)] = 0xe9;
    const { errors, rows, isWhole } = readStudents(new Uint8Array(bytes));
    expect(errors.map(({ line, column }) => [line, column])).toContainEqual([2, 'given_name']);
    expect([rows.map(({ schoolStudentId }) => schoolStudentId), isWhole]).toEqual([['S002'], true]);
  });
});

describe('whatever the cells hold', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => !text.includes('\0')),
    fc.constantFrom('', '=1', '2010-02-29', '2026-06-30', 'rural:2024-01-01:x', 'A <a@b.example>', ';', '"', 'a\r\nb'),
  );
  const hostile = fc.array(fc.dictionary(fc.constantFrom(...STUDENT_COLUMNS), cell), { minLength: 1, maxLength: 6 });

  test('a row is sound or its errors have a place, and no error or notice repeats a cell', () => {
    fc.assert(
      fc.property(hostile, (students) => {
        const marked = students.map((cells, at) => {
          const given = Object.entries(cells).map(([column, text]) => [column, `${text}canary${at}`]);
          return { ...aStudent(at), ...(Object.fromEntries(given) as StudentCells) };
        });
        const { rows, errors, notices, rowCount } = readStudents(studentsText(marked));
        expect(rowCount).toBe(students.length);
        expect(new Set(errors.map(({ line }) => line)).size + rows.length).toBe(students.length);
        expect(JSON.stringify([errors, notices])).not.toMatch(/canary/);
      }),
    );
  });

  test('what was read is written so that it reads alike', () => {
    fc.assert(
      fc.property(hostile, (students) => {
        const { rows } = readStudents(studentsText(students.map((cells, at) => ({ ...aStudent(at), ...cells }))));
        const again = rows.map((row) => {
          const cells = Object.entries(STUDENTS_FILE.columns).map(([field, column]) => [
            column.name,
            (column.write as (value: unknown) => string)(row[field as keyof typeof row]),
          ]);
          return Object.fromEntries(cells) as StudentCells;
        });
        expect(readStudents(studentsText(again)).rows).toEqual(rows);
      }),
    );
  });

  test('nobody under 13, unborn or over 120 is among the rows, and nobody else is refused for their age', () => {
    const day = fc.integer({ min: parseDay('1890-01-01') ?? 0, max: parseDay('2030-12-31') ?? 0 });
    fc.assert(
      fc.property(day, (bornOn) => {
        const born = formatDay(bornOn);
        const isTaken = born <= '2013-06-30' && born > '1905-06-30';
        expect(readStudents(oneWith({ birth_date: born })).rows).toHaveLength(isTaken ? 1 : 0);
      }),
    );
  });

  test('an address that is taken is one that sign-in takes', () => {
    const email = z.email().max(254);
    const part = fc.string({ unit: fc.constantFrom(...'aZ0.-_+\'"@ ;<é'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(part, part, part, (local, domain, top) => {
        const address = `${local}@${domain}.${top}`;
        if (isMailAddress(address)) expect(email.safeParse(address).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(['a@b.co', "o'neil.x+y@sub-1.example"].map(isMailAddress)).toEqual([true, true]);
  });
});

describe('300 corrupt files', () => {
  const bytesOf = (text: string) => [...Buffer.from(text)];
  const ODD = [0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x80, 0xc3, 0xe9, 0xef, 0xfe, 0xff];

  test('errors with a place, or rows that hold', () => {
    const whole = bytesOf(
      studentsText([aStudent(1), aStudent(2), aStudent(3, { special_populations: 'rural:2024-01-01:x' })]),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.nat(whole.length),
            drop: fc.nat(12),
            put: fc.array(fc.constantFrom(...ODD), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        (wounds) => {
          const bytes = [...whole];
          for (const { at, drop, put } of wounds) bytes.splice(at, drop, ...put);
          const { errors, rows } = readStudents(new Uint8Array(bytes));
          expect(readStudents(new Uint8Array(bytes), { pieceSize: 1 }).errors).toEqual(errors);
          for (const error of errors)
            expect(describeProblem(error)).toMatch(/^students\.csv(:\d+ [^\n]+)?: found [^\n]+, expected [^\n]+$/);
          for (const row of rows) {
            expect(row.bornOn).toBeLessThanOrEqual(parseDay('2013-06-30') ?? 0);
            expect(row.givenName).not.toBe('');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
