import { Component, inject, input, model, signal } from '@angular/core';
import { Words } from './words';

/** A password that can be pasted, kept by a password manager, and looked at. */
@Component({
  selector: 'app-password-field',
  template: `
    <label class="field" [attr.for]="name()">
      <span>{{ label() }}</span>
    </label>
    <div class="with-toggle">
      <input
        #entry
        required
        maxlength="1000"
        spellcheck="false"
        autocapitalize="none"
        [id]="name()"
        [name]="name()"
        [type]="shown() ? 'text' : 'password'"
        [autocomplete]="autocomplete()"
        [attr.minlength]="minLength()"
        [attr.aria-describedby]="help() ? name() + '-help' : null"
        [value]="value()"
        (input)="value.set(entry.value)"
      />
      <button
        type="button"
        [attr.aria-pressed]="shown()"
        [attr.aria-label]="words.t('password.show')"
        (click)="shown.set(!shown())"
      >
        {{ words.t('password.show-short') }}
      </button>
    </div>
    @if (help(); as text) {
      <p class="help" [id]="name() + '-help'">{{ text }}</p>
    }
  `,
})
export class PasswordField {
  protected readonly words = inject(Words);
  readonly label = input.required<string>();
  readonly name = input.required<string>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  readonly minLength = input<number>();
  readonly help = input<string>();
  readonly value = model('');
  protected readonly shown = signal(false);
}
