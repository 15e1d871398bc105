import { DOCUMENT, inject, Injectable } from '@angular/core';
import { TranslocoService, type Translation, type TranslocoLoader } from '@jsverse/transloco';
import { firstValueFrom } from 'rxjs';
import { type Language, LANGUAGES } from '../ui/words';

const KEY = 'throughway-language';

/** Each language is its own chunk with a hashed name, so a new release never shows old words. */
@Injectable({ providedIn: 'root' })
export class LanguageFiles implements TranslocoLoader {
  async getTranslation(lang: string): Promise<Translation> {
    const file =
      lang === 'es'
        ? await import('../../i18n/es.json', { with: { type: 'json' } })
        : await import('../../i18n/en.json', { with: { type: 'json' } });
    return file.default;
  }
}

/** The reader's language: the one chosen before on this device, else the browser's, else English. */
@Injectable({ providedIn: 'root' })
export class LanguageChoice {
  private readonly document = inject(DOCUMENT);
  private readonly transloco = inject(TranslocoService);

  start(): Promise<void> {
    return this.show(this.remembered() ?? this.ofBrowser() ?? 'en');
  }

  /** Speaks `lang` unless another was chosen on this device. */
  async prefer(lang: Language): Promise<void> {
    if (!this.remembered()) await this.show(lang);
  }

  async choose(lang: Language): Promise<void> {
    try {
      localStorage.setItem(KEY, lang);
    } catch {
      // Storage may be off; the choice then lasts as long as the page.
    }
    await this.show(lang);
  }

  private async show(lang: Language): Promise<void> {
    await firstValueFrom(this.transloco.load(lang));
    this.transloco.setActiveLang(lang);
    this.document.documentElement.lang = lang;
  }

  private remembered(): Language | undefined {
    try {
      const stored = localStorage.getItem(KEY);
      return LANGUAGES.find((lang) => lang === stored);
    } catch {
      return undefined;
    }
  }

  private ofBrowser(): Language | undefined {
    return navigator.languages.map((tag) => LANGUAGES.find((lang) => tag.startsWith(lang))).find((lang) => lang);
  }
}
