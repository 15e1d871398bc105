import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withEnabledBlockingInitialNavigation,
} from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { actOnce } from './data/act-once';
import { rightsCheck } from './data/rights-check';
import { rememberTags } from './data/seen';
import { LANGUAGES } from './ui/words';
import { LanguageChoice, LanguageFiles } from './shell/language';
import { PageTitle } from './shell/page-title';
import { ROUTES } from './routes';

/** Words and the first page load side by side: the initial navigation blocks the start, as the language does. */
export const APP_CONFIG: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([rightsCheck, actOnce, rememberTags])),
    provideRouter(ROUTES, withComponentInputBinding(), withEnabledBlockingInitialNavigation()),
    provideTransloco({
      config: { availableLangs: [...LANGUAGES], defaultLang: 'en', prodMode: !isDevMode(), reRenderOnLangChange: true },
      loader: LanguageFiles,
    }),
    provideAppInitializer(() => inject(LanguageChoice).start()),
    { provide: TitleStrategy, useClass: PageTitle },
  ],
};
