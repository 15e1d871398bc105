import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fireEvent, waitFor, within } from '@testing-library/dom';
import type { ImportRun } from '@throughway/contracts/imports';
import { anImport, aRefusedImport } from '../../testing/an-import';
import { openPage, Refusal } from '../../testing/open-page';

const PATH = '/api/imports/0d9f5a52';

describe('Imports', () => {
  test('a folder is sent and its import opened, so that progress survives a reload', async () => {
    const { page, settle, address, asked } = await openPage('/imports', {
      '/api/imports': { ...anImport({ importId: '0d9f5a52' }), imports: [] },
      [PATH]: anImport({ importId: '0d9f5a52' }),
    });
    const send = page.getByRole('button', { name: 'Send' });
    expect(send.hasAttribute('disabled')).toBe(true);
    const why = page.getByText('Choose files first; then they can be sent.');
    expect(send.getAttribute('aria-describedby')).toBe(why.id);
    const input = page.getByLabelText<HTMLInputElement>('One zip file, or the CSV files together');
    const file = new File(['employer_id,name\n'], 'employers.csv', { type: 'text/csv' });
    Object.defineProperty(input, 'files', { value: [file] });
    fireEvent.change(input);
    await settle();
    expect(page.getByText('1 file, 0.1 MB').id).toBe('files-chosen');
    expect(send.hasAttribute('aria-describedby')).toBe(false);
    fireEvent.click(page.getByLabelText('Keep the good rows even if others have errors'));
    fireEvent.submit(send.closest('form')!);
    await waitFor(() => expect(asked).toContain('POST /api/imports?partial=yes'));
    await settle();
    expect(address()).toBe('/imports/0d9f5a52');
  });

  test('in Spanish, the button that chooses files is Spanish, too, and the format is told', async () => {
    const { page } = await openPage('/imports', { '/api/imports': { imports: [] } }, 'es');
    expect(page.getByText('Elegir archivos').getAttribute('for')).toBe(
      page.getByLabelText('Un archivo zip, o los archivos CSV juntos').id,
    );
    expect(page.getByText('docs/csv-folder.md')).toBeTruthy();
  });

  test('a refused upload shows the server’s words and keeps the files', async () => {
    const list = { imports: [anImport()] };
    let sent = false;
    const { page, settle } = await openPage('/imports', {
      '/api/imports': () => (sent ? new Refusal(403, 'Writes need a loopback address or an import token.') : list),
    });
    sent = true;
    fireEvent.submit(page.getByRole('button', { name: 'Send' }).closest('form')!);
    await settle();
    expect(page.getByRole('alert').textContent).toContain('import token');
  });

  test('a lost answer leaves open whether the files arrived', async () => {
    let sent = false;
    const { page, settle } = await openPage('/imports', {
      '/api/imports': () => (sent ? new Refusal(0, '') : { imports: [] }),
    });
    sent = true;
    fireEvent.submit(page.getByRole('button', { name: 'Send' }).closest('form')!);
    await settle();
    expect(page.getByRole('alert').textContent).toContain('It may have arrived.');
    expect(page.getByRole('alert').textContent).not.toContain('Nothing was changed.');
  });
});

/** What a browser opens of the server's streams; nothing comes by itself. */
class Stream {
  onmessage?: (event: { data: string }) => void;
  onerror?: () => void;
  isClosed = false;
  constructor(readonly url: string) {
    streams.push(this);
  }
  close(): void {
    this.isClosed = true;
  }
}
let streams: Stream[] = [];

describe('An import', () => {
  beforeEach(() => {
    streams = [];
    Object.assign(globalThis, { EventSource: Stream });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'EventSource');
  });

  test('that is done shows what each file changed and leads to the board of its network', async () => {
    const { page } = await openPage('/imports/0d9f5a52', { [PATH]: anImport() });
    expect(page.getByRole('heading', { level: 2, name: 'Done' })).toBeTruthy();
    const row = page.getByRole('row', { name: /requirements\.csv/ });
    expect(row.textContent).toMatch(/118\s*0\s*0\s*118/);
    expect(page.getByRole('link', { name: 'See where the pathways lead' }).getAttribute('href')).toBe('/?network=main');
  });

  test('that is refused lists file, line, column, found and expected', async () => {
    const { page } = await openPage('/imports/0d9f5a52', { [PATH]: aRefusedImport() });
    expect(page.getByRole('heading', { level: 2, name: '1,204 errors' })).toBeTruthy();
    expect(page.getByText('Shown are the first 2.')).toBeTruthy();
    const report = within(page.getByRole('region', { name: /Errors by file and line/ }));
    const cells = [...report.getByRole('row', { name: /requirements\.csv/ }).children].map((cell) =>
      cell.textContent.trim(),
    );
    expect(cells).toEqual([
      'requirements.csv',
      '14',
      'employer_id',
      '=HYPERLINK("x")',
      'an employer_id that employers.csv lists',
    ]);
    expect(report.getByRole('row', { name: /units\.csv/ }).textContent).toContain('whole file');
  });

  test('that runs shows the rows that the server counted, and is asked for again where nothing can be told', async () => {
    Reflect.deleteProperty(globalThis, 'EventSource');
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate', 'nextTick'] });
    let rowsRead = 1_200;
    const opening = openPage('/imports/0d9f5a52', {
      [PATH]: () =>
        anImport({ state: 'checking', finishedAt: null, bytesRead: 300_000, rowsRead, files: [], runId: null }),
    });
    await jest.advanceTimersByTimeAsync(100);
    const { page, asked } = await opening;
    expect(page.getByRole<HTMLProgressElement>('progressbar').value).toBe(300_000);
    expect(page.getByText('1,200')).toBeTruthy();
    rowsRead = 2_400;
    const before = asked.length;
    await jest.advanceTimersByTimeAsync(1_500);
    expect(asked.length).toBe(before + 1);
    expect(page.getByText('2,400')).toBeTruthy();
  });

  test('that runs shows what the server tells of it, and asks for it again when the server tells no more', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'setImmediate', 'nextTick'] });
    const running: Partial<ImportRun> = { state: 'checking', finishedAt: null, files: [], runId: null };
    const opening = openPage('/imports/0d9f5a52', { [PATH]: () => anImport({ ...running, rowsRead: 1_200 }) });
    await jest.advanceTimersByTimeAsync(100);
    const { page, asked, settle } = await opening;
    const [stream] = streams;
    expect(stream?.url).toBe(`${PATH}/progress`);
    stream?.onmessage?.({ data: JSON.stringify(anImport({ ...running, rowsRead: 3_600 })) });
    await jest.advanceTimersByTimeAsync(3_000);
    await settle();
    expect(page.getByText('3,600')).toBeTruthy();
    expect(asked.filter((one) => one === `GET ${PATH}`)).toHaveLength(1);
    expect(streams).toHaveLength(1);

    stream?.onerror?.();
    await jest.advanceTimersByTimeAsync(1_500);
    expect(stream?.isClosed).toBe(true);
    expect(asked.filter((one) => one === `GET ${PATH}`)).toHaveLength(2);
    expect(streams).toHaveLength(2);
    streams[1]?.onmessage?.({ data: JSON.stringify(anImport()) });
    await jest.advanceTimersByTimeAsync(100);
    expect(page.getByRole('heading', { level: 2, name: 'Done' })).toBeTruthy();
    expect(streams[1]?.isClosed).toBe(true);
  });

  test('in Spanish, states and headings are Spanish', async () => {
    const { page } = await openPage('/imports/0d9f5a52', { [PATH]: aRefusedImport() }, 'es');
    expect(page.getByRole('heading', { level: 2, name: 'Rechazada' })).toBeTruthy();
    expect(page.getByRole('columnheader', { name: 'Esperado' })).toBeTruthy();
  });
});
