import { Component, computed, inject, input } from '@angular/core';
import { geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { colorSteps, stepOf } from './color-steps';
import { Words } from './words';

type Shapes = Topology<{ counties: GeometryCollection<{ name: string }> }>;

/** One county's figure, with its name as a reader knows it; null is not known. */
export interface CountyFigure {
  fips: string;
  name: string;
  figure: number | null;
  /** A second figure, drawn as a ring whose area stands for it. */
  ring?: number;
}

const STEPS = 5;
/** Room round the counties with figures, in units of the atlas (975 × 610 for the whole country). */
const MARGIN = 8;
/** Radius of the largest ring, in the same units. */
const LARGEST_RING = 5.5;
/** How many lines of the hatch cross the picture. */
const HATCHES = 70;

/** Counties colored by one figure, cut to where there are figures; neighbors stand hatched for orientation. */
@Component({
  selector: 'app-county-map',
  template: `
    <figure class="county-map">
      <svg [attr.viewBox]="viewBox()" role="img" [attr.aria-label]="label()">
        <defs>
          <pattern
            id="hatch"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
            [attr.width]="hatch()"
            height="1"
          >
            <line y2="1" [attr.stroke-width]="hatch() / 3" />
          </pattern>
        </defs>
        @for (county of counties(); track county.fips) {
          <path [attr.d]="county.d" [attr.class]="county.css">
            <title>{{ county.title }}</title>
          </path>
        }
        @for (ring of rings(); track ring.fips) {
          <circle class="halo" [attr.cx]="ring.x" [attr.cy]="ring.y" [attr.r]="ring.radius"></circle>
          <circle [attr.cx]="ring.x" [attr.cy]="ring.y" [attr.r]="ring.radius"></circle>
        }
      </svg>
      <figcaption class="map-legend">
        <span class="map-legend-title">{{ measure() }}</span>
        @if (zero()) {
          <span><i class="swatch zero"></i>{{ format()(0) }}</span>
        }
        @for (step of steps(); track step.from; let index = $index) {
          <span><i class="swatch step-{{ index }}"></i>{{ range(step) }}</span>
        }
        @if (unknown()) {
          <span><i class="swatch unknown"></i>{{ words.t('not-known') }}</span>
        }
        @if (ringMeasure()) {
          <span
            ><i class="swatch ring"></i>{{ words.t('map.ring', { measure: ringMeasure()!, most: mostOnRing() }) }}</span
          >
        }
        <span><i class="swatch outside"></i>{{ words.t('map.no-figures') }}</span>
      </figcaption>
    </figure>
  `,
})
export class CountyMap {
  protected readonly words = inject(Words);
  readonly shapes = input.required<readonly Shapes[]>();
  readonly figures = input.required<readonly CountyFigure[]>();
  /** What the figure counts, in words. */
  readonly measure = input.required<string>();
  readonly label = input.required<string>();
  /** What the rings count, in words; no rings without it. */
  readonly ringMeasure = input<string>();
  /** How a figure is written. */
  readonly format = input((figure: number | null) => this.words.count(figure));

  private readonly byFips = computed(() => new Map(this.figures().map((county) => [county.fips, county])));
  protected readonly steps = computed(() =>
    colorSteps(
      this.figures().flatMap(({ figure }) => figure ?? []),
      STEPS,
    ),
  );
  private readonly outlines = computed(() =>
    this.shapes().flatMap((shapes) => feature(shapes, shapes.objects.counties).features),
  );
  protected readonly counties = computed(() => {
    const draw = geoPath(null).digits(1);
    return this.outlines().map((outline) => {
      const fips = String(outline.id);
      const known = this.byFips().get(fips);
      return {
        fips,
        d: draw(outline) ?? '',
        css: known ? this.shade(known.figure) : 'outside',
        title: known ? `${known.name}: ${this.format()(known.figure)}` : outline.properties.name,
      };
    });
  });
  private readonly largest = computed(() => Math.max(0, ...this.figures().map(({ ring }) => ring ?? 0)));
  protected readonly mostOnRing = computed(() => this.words.count(this.largest()));
  protected readonly rings = computed(() => {
    const place = geoPath(null);
    return this.outlines().flatMap((outline) => {
      const fips = String(outline.id);
      const ring = this.ringMeasure() ? (this.byFips().get(fips)?.ring ?? 0) : 0;
      if (ring === 0) return [];
      const [x, y] = place.centroid(outline);
      return [{ fips, x, y, radius: LARGEST_RING * Math.sqrt(ring / this.largest()) }];
    });
  });
  private readonly box = computed(() => {
    const known = this.outlines().filter((outline) => this.byFips().has(String(outline.id)));
    if (known.length === 0) return [0, 0, 975, 610] as const;
    const [[left, top], [right, bottom]] = geoPath(null).bounds({ type: 'FeatureCollection', features: known });
    return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN] as const;
  });
  protected readonly viewBox = computed(() => this.box().join(' '));
  /** Width of the hatch of counties without figures: as fine on a small area as on a large one. */
  protected readonly hatch = computed(() => Math.max(this.box()[2], this.box()[3]) / HATCHES);

  protected readonly zero = computed(() => this.figures().some(({ figure }) => figure === 0));
  protected readonly unknown = computed(() => this.figures().some(({ figure }) => figure === null));

  protected range({ from, to }: { from: number; to: number }): string {
    const [first, last] = [this.format()(from), this.format()(to)];
    return first === last ? first : `${first}–${last}`;
  }

  private shade(figure: number | null): string {
    if (figure === null) return 'unknown';
    const step = stepOf(this.steps(), figure);
    return step < 0 ? 'zero' : `step-${step}`;
  }
}
