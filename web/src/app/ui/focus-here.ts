import { afterNextRender, Directive, ElementRef, inject } from '@angular/core';

/** The next step begins here: takes the focus when it appears, so that a keyboard or a screen reader goes on from it. */
@Directive({ selector: '[appFocusHere]', host: { tabindex: '-1', class: 'step-start' } })
export class FocusHere {
  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => element.focus({ preventScroll: false }));
  }
}
