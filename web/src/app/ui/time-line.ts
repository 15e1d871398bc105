import { afterNextRender, Component, computed, ElementRef, inject, input } from '@angular/core';
import { Words } from './words';

/** Something dated that stands on a rung; `counted` ones are filled, the others hollow. */
export interface TimeLineEvent {
  id: string;
  on: string;
  rung: number;
  counted: boolean;
  title: string;
}

const WIDTH = 640;
const ROW = 32;
/** Room for the rungs' names at the left and for the years below. */
const LEFT = 120;
const RIGHT = 16;
const MS_PER_DAY = 86_400_000;
const COUNTED_DAYS = 365;

/** Evidence on a time line: one row per rung, the year in which evidence counts shaded up to the run's day. What is newest is seen first. */
@Component({
  selector: 'app-time-line',
  template: `
    <svg class="time-line" role="img" [attr.viewBox]="'0 0 640 ' + height()" [attr.aria-label]="label()">
      <rect
        class="counting"
        y="0"
        [attr.x]="x(counting())"
        [attr.width]="x(today()) - x(counting())"
        [attr.height]="floor()"
      />
      @for (rung of rungs(); track rung) {
        <text x="0" [attr.y]="y(rung) + 4">{{ words.t('rung.' + rung + '.name') }}</text>
        <line [attr.x1]="left" x2="640" [attr.y1]="y(rung)" [attr.y2]="y(rung)" />
      }
      @for (year of years(); track year.label) {
        <line class="year" y1="0" [attr.x1]="year.x" [attr.x2]="year.x" [attr.y2]="floor()" />
        <text [attr.x]="year.x + 4" [attr.y]="floor() + 16">{{ year.label }}</text>
      }
      @for (event of events(); track event.id) {
        <circle r="6" [class.counted]="event.counted" [attr.cx]="x(day(event.on))" [attr.cy]="y(event.rung)">
          <title>{{ event.title }}</title>
        </circle>
      }
    </svg>
  `,
})
export class TimeLine {
  protected readonly words = inject(Words);
  readonly events = input.required<readonly TimeLineEvent[]>();
  readonly asOf = input.required<string>();
  readonly label = input.required<string>();

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender({
      write: () => {
        const frame = host.closest('.scroll');
        if (frame) frame.scrollLeft = frame.scrollWidth;
      },
    });
  }

  protected readonly left = LEFT;
  protected readonly today = computed(() => this.day(this.asOf()));
  protected readonly counting = computed(() => this.today() - COUNTED_DAYS);
  /** A month before the first event or the counting year, so that no mark touches the names. */
  private readonly first = computed(
    () => Math.min(this.counting(), ...this.events().map((event) => this.day(event.on))) - 30,
  );
  /** Rungs that evidence can carry, highest first. */
  protected readonly rungs = computed(() => [3, 2, 1]);
  protected readonly floor = computed(() => this.rungs().length * ROW);
  protected readonly height = computed(() => this.floor() + 24);
  protected readonly years = computed(() => {
    const from = new Date(this.first() * MS_PER_DAY).getUTCFullYear() + 1;
    const to = new Date(this.today() * MS_PER_DAY).getUTCFullYear();
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
      const label = String(from + index);
      return { label, x: this.x(this.day(`${label}-01-01`)) };
    });
  });

  protected day(date: string): number {
    return Date.parse(date) / MS_PER_DAY;
  }

  protected x(day: number): number {
    const share = (day - this.first()) / Math.max(1, this.today() - this.first());
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  protected y(rung: number): number {
    return (3 - Math.min(3, Math.max(1, rung))) * ROW + ROW / 2;
  }
}
