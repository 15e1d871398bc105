import { computed, inject, Injectable } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Spanish as written in the United States: 1,234.5 and $18.50, as on the pay slips that readers know. */
const LOCALES: Record<string, string> = { en: 'en-US', es: 'es-US' };

type Params = Record<string, string | number>;

/**
 * Everything a screen says: texts by key, numbers, money and dates in the reader's language. Reading it in a template
 * follows the language. A null figure is "not known" and never zero.
 */
@Injectable({ providedIn: 'root' })
export class Words {
  private readonly transloco = inject(TranslocoService);

  readonly lang = computed(() => this.transloco.activeLang() as Language);
  private readonly formats = computed(() => formatsOf(LOCALES[this.lang()] ?? 'en-US'));

  t(key: string, params: Params = {}): string {
    return this.transloco.translate(key, params, this.lang());
  }

  /** The text under `key.one` or `key.other`, as the language counts `n`; `{{n}}` in it is the formatted number. */
  plural(key: string, n: number, params: Params = {}): string {
    const form = this.formats().plural.select(n) === 'one' ? 'one' : 'other';
    return this.t(`${key}.${form}`, { ...params, n: this.count(n) });
  }

  count(n: number | null | undefined): string {
    return this.known(n, (known) => this.formats().count.format(known));
  }

  /** People and jobs in whole numbers; a little more than none is less than one, never zero. */
  whole(n: number | null | undefined): string {
    return this.known(n, (known) =>
      known > 0 && known < 1 ? `<${this.count(1)}` : this.formats().whole.format(known),
    );
  }

  /** A share 0…1 as a whole percent; a share that is not quite all or nothing never rounds to 100 % or 0 %. */
  share(share: number | null | undefined): string {
    return this.known(share, (known) => this.formats().percent.format(withinReach(known)));
  }

  /** A rate 0…1 as a percent with one decimal. */
  rate(rate: number | null | undefined): string {
    return this.known(rate, (known) => this.formats().rate.format(known));
  }

  /** A change as a signed percent with one decimal, 0.05 as +5.0 %. */
  change(share: number | null | undefined): string {
    return this.known(share, (known) => this.formats().change.format(known));
  }

  /** A gain or loss with its sign. */
  signed(n: number | null | undefined): string {
    return this.known(n, (known) => this.formats().signed.format(known));
  }

  wage(hourlyCents: number | null | undefined): string {
    return this.known(hourlyCents, (cents) =>
      this.t('unit.per-hour', { amount: this.formats().money.format(cents / 100) }),
    );
  }

  date(date: string | null | undefined): string {
    return this.known(date, (day) => this.formats().date.format(new Date(`${day}T00:00:00Z`)));
  }

  /** An instant in the reader's own time zone. */
  instant(instant: string | null | undefined): string {
    return this.known(instant, (at) => this.formats().instant.format(new Date(at)));
  }

  list(items: readonly string[]): string {
    return this.formats().list.format(items);
  }

  private known<T>(value: T | null | undefined, format: (value: T) => string): string {
    return value == null ? this.t('not-known') : format(value);
  }
}

function withinReach(share: number): number {
  if (share > 0 && share < 0.01) return 0.01;
  return share > 0.99 && share < 1 ? 0.99 : share;
}

function formatsOf(locale: string) {
  return {
    plural: new Intl.PluralRules(locale),
    count: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
    rate: new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    change: new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    }),
    signed: new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
    money: new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }),
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    instant: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    list: new Intl.ListFormat(locale, { type: 'conjunction' }),
  };
}
