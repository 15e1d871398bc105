import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Upper bounds of the duration histogram, in seconds. */
const BOUNDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A figure of now: its value by label, where it has labels. */
export interface Gauge {
  name: string;
  help: string;
  values: readonly { labels?: Record<string, string>; value: number }[];
}

interface Served {
  seconds: number;
  /** How many took at most each of BOUNDS, and how many there were. */
  within: number[];
}

/** Counts this process's requests by operation, as a path template that holds no id, and class of status. */
@Injectable()
export class Metrics {
  private readonly served = new Map<string, Served>();
  private readonly delay = monitorEventLoopDelay();
  private inFlight = 0;

  constructor() {
    this.delay.enable();
  }

  readonly count = (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    this.inFlight++;
    response.once('close', () => {
      this.inFlight--;
      const path = (request.route as { path?: unknown } | undefined)?.path;
      // What is no operation ends at a route of stars.
      const operation = typeof path === 'string' && !path.includes('*') ? `${request.method} ${path}` : 'other';
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      this.add(`operation="${operation}",status="${status}"`, (performance.now() - began) / 1000);
    });
    next();
  };

  private add(labels: string, seconds: number): void {
    const before = this.served.get(labels) ?? { seconds: 0, within: [] };
    const within = [...BOUNDS, Infinity].map((bound, at) => (before.within[at] ?? 0) + (seconds <= bound ? 1 : 0));
    this.served.set(labels, { seconds: before.seconds + seconds, within });
  }

  /** Everything in the Prometheus text format 0.0.4, with figures of others. */
  text(gauges: readonly Gauge[]): string {
    const name = 'throughway_http_request_duration_seconds';
    const histogram = [...this.served].flatMap(([labels, { seconds, within }]) => [
      ...within.map((count, at) => `${name}_bucket{${labels},le="${BOUNDS[at] ?? '+Inf'}"} ${count}`),
      `${name}_sum{${labels}} ${seconds}`,
      `${name}_count{${labels}} ${within.at(-1)}`,
    ]);
    const own = [
      gauge('http_requests_in_flight', 'Requests being answered', this.inFlight),
      gauge('event_loop_delay_p99_seconds', 'Event-loop delay since the last look', this.delay.percentile(99) / 1e9),
      gauge('resident_memory_bytes', 'Memory of this process', process.memoryUsage.rss()),
    ];
    this.delay.reset();
    const lines = [...own, ...gauges].flatMap(({ name, help, values }) => [
      `# HELP throughway_${name} ${help}`,
      `# TYPE throughway_${name} gauge`,
      ...values.map(({ labels = {}, value }) => `throughway_${name}${written(labels)} ${value}`),
    ]);
    return [`# HELP ${name} Answers`, `# TYPE ${name} histogram`, ...histogram, ...lines, ''].join('\n');
  }
}

export function gauge(name: string, help: string, value: number): Gauge {
  return { name, help, values: [{ value }] };
}

function written(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}
