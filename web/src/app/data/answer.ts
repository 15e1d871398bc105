import type { HttpResourceRef } from '@angular/common/http';
import { computed, linkedSignal, type Signal } from '@angular/core';
import { type Trouble, troubleOf } from './problem';

/** What a page knows of one request. `value` is undefined until the first answer and after a failure. */
export interface Answer<T> {
  readonly value: Signal<T | undefined>;
  readonly loading: Signal<boolean>;
  readonly trouble: Signal<Trouble | null>;
  reload(): void;
}

/**
 * Turns a resource into an {@link Answer}. A list `keeps` its last rows while the next ones load or the server cannot be
 * reached, so that sorting and paging never blank the page; a page about one thing clears, since another thing's figures
 * would stand under its name.
 */
export function answer<T>(resource: HttpResourceRef<T | undefined>, keeps: 'keeps' | 'clears' = 'clears'): Answer<T> {
  const trouble = computed(() => {
    const error = resource.error();
    return error ? troubleOf(unwrap(error)) : null;
  });
  const value = linkedSignal<{ between: boolean; current: T | undefined }, T | undefined>({
    source: () => ({
      between: resource.status() === 'loading' || trouble()?.kind === 'unreachable',
      current: resource.hasValue() ? resource.value() : undefined,
    }),
    computation: ({ between, current }, previous) => (between && keeps === 'keeps' ? previous?.value : current),
  });
  return { value: value.asReadonly(), loading: resource.isLoading, trouble, reload: () => resource.reload() };
}

/** Angular wraps what is not an `Error` and keeps it as the cause. */
function unwrap(error: Error): unknown {
  return error.cause ?? error;
}
