/** The store of metrics: their values by minute, bounded in memory. */
import type { Measure, Metric, Unit } from "../measurement.ts";
import {
  addTo,
  createSummary,
  forgetValues,
  merge,
  type GrowingSummary,
  type Sample,
  type Summary,
} from "./summary.ts";

/** What the store is created with. */
export interface MetricsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of one minute. */
  readonly minuteMs: number;
  /** How many minutes that have values are kept; 1,440 by default. */
  readonly mostMinutes?: number;
  /** How many values are kept in all; a metric of a minute counts as eight. 400,000 by default. */
  readonly mostValues?: number;
}

/** Where a sample belongs to; `timestamp` in milliseconds since 1970. */
export interface SampleOf {
  readonly metric: Metric;
  readonly unit: Unit;
  readonly timestamp: number;
}

/** What is asked of one metric: `start` is included, `end` is not, both in milliseconds since 1970. */
export interface SeriesRequest {
  readonly metric: Metric;
  readonly start: number;
  readonly end: number;
  /** Minutes of one period. */
  readonly minutes: number;
  /** Only values of this unit; of any by default. */
  readonly unit?: Unit | undefined;
}

/** A period that has values; `timestamp` is its start. */
export interface Period {
  readonly timestamp: number;
  readonly summary: Summary;
}

/** The metrics of one local cloud. */
export interface Metrics {
  /** Milliseconds of one minute. */
  readonly minuteMs: number;
  readonly measure: Measure;
  /** Adds what a caller publishes. */
  add(of: SampleOf, sample: Sample): void;
  /** The periods from `start`, rounded down to its minute, that have values; the oldest first. */
  read(request: SeriesRequest): Period[];
  /** Every metric that has values since a time in milliseconds, or at all. */
  list(since?: number): Metric[];
}

/** The metrics that have values in a minute, by their keys. */
type Minute = Map<string, SeriesMinute>;

interface SeriesMinute {
  readonly metric: Metric;
  readonly summaries: Map<Unit, GrowingSummary>;
}

const summaryCost = 8;

/** Creates a store without metrics. When it is full, the minutes go that are furthest from now. */
export function createMetrics({
  now,
  minuteMs,
  mostMinutes = 1_440,
  mostValues = 400_000,
}: MetricsOptions): Metrics {
  const minutes = new Map<number, Minute>();
  let size = 0;

  function add({ metric, unit, timestamp }: SampleOf, sample: Sample): void {
    const number = Math.floor(timestamp / minuteMs);
    const key = keyOf(metric);
    const hasMore = hasRoom(number);
    const found = minutes.get(number)?.get(key)?.summaries.get(unit);
    const summary = found ?? (hasMore ? open(number, key, metric, unit) : undefined);
    if (summary === undefined) return;
    // Without its values it has no percentiles, and does not grow.
    if (!hasMore) size -= forgetValues(summary);
    size += addTo(summary, sample);
  }

  /** Whether there is room in a minute, once those further from now have gone if need be. */
  function hasRoom(number: number): boolean {
    const isFull = () =>
      size >= mostValues || (minutes.size >= mostMinutes && !minutes.has(number));
    if (!isFull()) return true;
    const current = Math.floor(now() / minuteMs);
    const distance = (one: number) => Math.abs(one - current);
    const furthestFirst = [...minutes.keys()].toSorted((a, b) => distance(b) - distance(a));
    for (const one of furthestFirst) {
      if (distance(one) <= distance(number)) return false;
      remove(one);
      if (!isFull()) return true;
    }
    return false;
  }

  function open(number: number, key: string, metric: Metric, unit: Unit): GrowingSummary {
    const minute: Minute = minutes.get(number) ?? new Map();
    minutes.set(number, minute);
    const series: SeriesMinute = minute.get(key) ?? { metric, summaries: new Map() };
    minute.set(key, series);
    const summary = createSummary();
    series.summaries.set(unit, summary);
    size += summaryCost;
    return summary;
  }

  function remove(number: number): void {
    for (const { summaries } of minutes.get(number)?.values() ?? []) {
      for (const { values } of summaries.values()) size -= summaryCost + (values?.size ?? 0);
    }
    minutes.delete(number);
  }

  function read({ metric, start, end, minutes: length, unit }: SeriesRequest): Period[] {
    const first = Math.floor(start / minuteMs);
    const key = keyOf(metric);
    const periods = new Map<number, Summary[]>();
    for (const [number, minute] of minutes) {
      const summaries = minute.get(key)?.summaries;
      if (number < first || number * minuteMs >= end || summaries === undefined) continue;
      const found = unit === undefined ? [...summaries.values()] : [summaries.get(unit) ?? []];
      const period = Math.floor((number - first) / length);
      periods.set(period, [...(periods.get(period) ?? []), ...found.flat()]);
    }
    return [...periods]
      .toSorted(([one], [other]) => one - other)
      .flatMap(([period, summaries]) => {
        const timestamp = (first + period * length) * minuteMs;
        const summary = merge(summaries);
        return summary === undefined ? [] : [{ timestamp, summary }];
      });
  }

  return {
    minuteMs,
    add,
    measure(...measurements) {
      for (const { value, unit, timestamp = now(), ...metric } of measurements) {
        if (Number.isFinite(value)) add({ metric, unit, timestamp }, { value, count: 1 });
      }
    },
    read,
    list(since = 0) {
      const found = new Map<string, Metric>();
      for (const [number, minute] of minutes) {
        if ((number + 1) * minuteMs <= since) continue;
        for (const [key, { metric }] of minute) found.set(key, metric);
      }
      return [...found.values()];
    },
  };
}

/** The same for equal metrics only: names have no control characters. */
function keyOf({ namespace, metricName, dimensions }: Metric): string {
  const names = Object.keys(dimensions).toSorted();
  const pairs = names.map((name) => `${name}\0${dimensions[name] ?? ""}`);
  return [namespace, metricName, ...pairs].join("\0");
}
