import { describe, expect, test } from '@jest/globals';
import { HashQueue } from './hash-queue.js';

/** Work that lasts until it is told to end. */
function work(queue: HashQueue) {
  let end = (): void => undefined;
  const state = { begun: false, end: () => end() };
  const done = queue.run(async () => {
    state.begun = true;
    await new Promise<void>((resolve) => (end = resolve));
  });
  return { state, done };
}
const aMoment = () => new Promise((resolve) => setImmediate(resolve));

describe('The line in front of hashing', () => {
  test('lets two work at once and the rest wait, each in turn', async () => {
    const queue = new HashQueue();
    const works = Array.from({ length: 5 }, () => work(queue));
    const begun = () => works.map(({ state }) => state.begun);
    await aMoment();
    expect(begun()).toEqual([true, true, false, false, false]);
    works[1]?.state.end();
    await aMoment();
    expect(begun()).toEqual([true, true, true, false, false]);
    for (const { state } of works) {
      state.end();
      await aMoment();
    }
    await Promise.all(works.map(({ done }) => done));
    expect(begun()).toEqual([true, true, true, true, true]);
  });

  test('turns away at once who would wait too long, and is open again when it is short', async () => {
    const queue = new HashQueue();
    const works = Array.from({ length: 32 }, () => work(queue));
    await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({
      status: 503,
      code: 'busy',
      hints: { retryAfterSeconds: 2 },
    });
    for (const { state } of works) {
      await aMoment();
      state.end();
    }
    await Promise.all(works.map(({ done }) => done));
    await expect(queue.run(() => Promise.resolve('done'))).resolves.toBe('done');
  });

  test('goes on after work that fails', async () => {
    const queue = new HashQueue();
    const failing = () => queue.run(() => Promise.reject(new Error('no')));
    const results = await Promise.allSettled([
      failing(),
      failing(),
      failing(),
      queue.run(() => Promise.resolve('yes')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
  });
});
