import { beforeEach, describe, expect, test } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import en from '../../i18n/en.json' with { type: 'json' };
import es from '../../i18n/es.json' with { type: 'json' };
import { type Language, Words } from './words';

function wordsIn(lang: Language): Words {
  const transloco = TestBed.inject(TranslocoService);
  transloco.setTranslation(lang === 'en' ? en : es, lang);
  transloco.setActiveLang(lang);
  return TestBed.inject(Words);
}

describe('Words', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideTransloco({ config: { availableLangs: ['en', 'es'], defaultLang: 'en' } })],
    });
  });

  test.each([
    [null, 'not known'],
    [undefined, 'not known'],
    [0, '0%'],
    [0.001, '1%'],
    [0.995, '99%'],
    [1, '100%'],
    [0.416, '42%'],
  ])('a share of %p is %p: unknown is not zero, and nearly all is not all', (share, text) => {
    expect(wordsIn('en').share(share)).toBe(text);
  });

  test('a figure that is not known says so in the reader’s language', () => {
    expect(wordsIn('es').count(null)).toBe('no se sabe');
    expect(wordsIn('es').wage(null)).toBe('no se sabe');
    expect(wordsIn('es').date(null)).toBe('no se sabe');
  });

  test('a day stays that day wherever the reader is', () => {
    expect(wordsIn('en').date('2026-06-30')).toBe('Jun 30, 2026');
    expect(wordsIn('es').date('2026-06-30')).toMatch(/30 jun/);
  });

  test('wages name their unit', () => {
    expect(wordsIn('en').wage(1_850)).toBe('$18.50 an hour');
    expect(wordsIn('es').wage(1_850)).toMatch(/18\.50 por hora$/);
  });

  test.each([
    [1, '1 cohort'],
    [0, '0 cohorts'],
    [1_200, '1,200 cohorts'],
  ])('%p is counted as %p', (n, text) => {
    expect(wordsIn('en').plural('board.cohorts', n)).toBe(text);
  });

  test('Spanish counts millions without a word of their own', () => {
    expect(wordsIn('es').plural('board.cohorts', 1_000_000)).toBe('1,000,000 grupos');
  });

  test('a change shows its sign and one decimal', () => {
    expect(wordsIn('en').change(0.052)).toBe('+5.2%');
    expect(wordsIn('en').change(-0.031)).toBe('-3.1%');
    expect(wordsIn('en').change(0.05)).toBe('+5.0%');
  });

  test.each([
    [null, 'not known'],
    [0, '0'],
    [0.4, '<1'],
    [88.4, '88'],
    [1_205.6, '1,206'],
  ])('%p openings are %p: people come whole, and a few are not none', (n, text) => {
    expect(wordsIn('en').whole(n)).toBe(text);
  });
});
