import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Words } from './words';

/** Steps through the pages of a list; the page stands in the address as `page`. */
@Component({
  selector: 'app-pager',
  imports: [RouterLink],
  template: `
    @if (pages() > 1) {
      <nav class="pager" [attr.aria-label]="words.t('pager.label')">
        @if (page() > 1) {
          <a [routerLink]="[]" [queryParams]="{ page: page() - 1 }" queryParamsHandling="merge" rel="prev">
            {{ words.t('pager.previous') }}
          </a>
        }
        <span>{{ words.t('pager.where', { page: words.count(page()), pages: words.count(pages()) }) }}</span>
        @if (page() < pages()) {
          <a [routerLink]="[]" [queryParams]="{ page: page() + 1 }" queryParamsHandling="merge" rel="next">
            {{ words.t('pager.next') }}
          </a>
        }
      </nav>
    }
  `,
})
export class Pager {
  protected readonly words = inject(Words);
  readonly page = input.required<number>();
  readonly rowCount = input.required<number>();
  /** Rows per page. */
  readonly size = input(50);
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.rowCount() / this.size())));
}
