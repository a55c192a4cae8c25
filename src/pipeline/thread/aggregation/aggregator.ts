import type { AggregationCounts, AggregationMethod } from '#core/api/ingest-rules.ts';
import { type Bucket, newBucket } from './bucket.ts';

/** Where an aggregated series goes: a name, a method and an interval. */
export type Output = {
  readonly name: string;
  readonly method: AggregationMethod;
  readonly intervalMs: number;
  /** Start of each open interval, ms → its values. */
  readonly open: Map<number, Bucket>;
  /** Intervals before this one are written. */
  writtenUntil: number;
};

export type OutputWriter = (name: string, t: number, v: number) => void;

/** Outputs at a time; beyond, samples are counted as `overflow`. */
const MAX_OUTPUTS = 50_000;
/** How many intervals of one output may be open: older ones are written early. */
const MAX_OPEN = 10;
/** How long after its end an interval waits for samples that come late. */
const MAX_LATENESS_MS = 10_000;

/** Streams of samples that become one, an interval at a time; memory is bounded by outputs, not by samples. */
export class Aggregator {
  readonly #outputs = new Map<string, Output>();
  #samples = 0;
  #written = 0;
  #late = 0;
  #overflow = 0;

  /** The output of this name; undefined when there are too many. */
  output(name: string, method: AggregationMethod, intervalMs: number): Output | undefined {
    const key = `${method} ${intervalMs} ${name}`;
    const known = this.#outputs.get(key);
    if (known !== undefined) return known;
    if (this.#outputs.size >= MAX_OUTPUTS) return undefined;
    const output = { name, method, intervalMs, open: new Map(), writtenUntil: Number.NEGATIVE_INFINITY };
    this.#outputs.set(key, output);
    return output;
  }

  /** Hot for aggregated series only. Stale markers and NaN are no values. */
  add(output: Output | undefined, t: number, v: number): void {
    if (output === undefined) this.#overflow += 1;
    else if (!Number.isNaN(v)) this.#add(output, t, v);
  }

  #add(output: Output, t: number, v: number): void {
    const start = t - (t % output.intervalMs);
    if (start < output.writtenUntil) {
      this.#late += 1;
      return;
    }
    let bucket = output.open.get(start);
    if (bucket === undefined) {
      if (output.open.size >= MAX_OPEN) {
        this.#overflow += 1;
        return;
      }
      output.open.set(start, (bucket = newBucket(output.method)));
    }
    bucket.add(v);
    this.#samples += 1;
  }

  /** Writes the intervals that are over, with their start as the time; at the end (`all`) those that are not as well. */
  flush(now: number, write: OutputWriter, all = false): void {
    for (const output of this.#outputs.values()) {
      const { intervalMs, open } = output;
      const over = now - intervalMs - Math.min(intervalMs, MAX_LATENESS_MS);
      for (const [start, bucket] of [...open].toSorted(([a], [b]) => a - b)) {
        if (!all && start > over) break;
        open.delete(start);
        output.writtenUntil = start + intervalMs;
        write(output.name, start, bucket.value());
        this.#written += 1;
      }
    }
  }

  /** Forgets outputs that no rule feeds any more and that hold nothing. */
  keep(used: ReadonlySet<Output>): void {
    for (const [key, output] of this.#outputs)
      if (!used.has(output) && output.open.size === 0) this.#outputs.delete(key);
  }

  counts(inputs: number): AggregationCounts {
    return {
      ...{ inputs, outputs: this.#outputs.size, samples: this.#samples },
      ...{ written: this.#written, late: this.#late, overflow: this.#overflow },
    };
  }
}
