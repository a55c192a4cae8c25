import { inferInterval } from '#core/series-math/interval.ts';
import type { TimeRange } from '#query/graphite/function-def.ts';
import { graphiteStep } from './graphite-step.ts';

/** Whisper's slots, seconds: multiples of the step from `start` up to before `end`. */
export type Slots = { readonly start: number; readonly end: number; readonly step: number };

/** Where the samples of some times lie in slots. */
export type Placement = {
  readonly slots: Slots;
  readonly points: number;
  /** The samples that lie in slots: the first of them, and the one behind the last. */
  readonly first: number;
  readonly behind: number;
  /** The slot of each of them; a number: that of the first, the others follow it without gaps. */
  readonly at: number | Uint32Array;
};

/** Distances that tell the interval of a series, as many as `inferInterval` looks at. */
const DISTANCES = 255;

/** As whisper: the first slot after `from`, up to the slot that holds `until`; at least one. */
export function slotsOf({ from, until }: TimeRange, step: number): Slots {
  const start = from - (from % step) + step;
  return { start, end: Math.max(start, until - (until % step)) + step, step };
}

/** Finds slots for samples; series that come one after the other with the same times share what was found. */
export class SlotFinder {
  readonly #range: TimeRange;
  #times: Float64Array = new Float64Array(0);
  #schemaStep = 0;
  #found: Placement | undefined;

  constructor(range: TimeRange) {
    this.#range = range;
  }

  /**
   * The slots of times (sorted, ms) of a series that has a point every `schemaStep` seconds by its schema. Raw samples are
   * kept as they came, so that a series that is denser than its schema has its own finer step.
   */
  find(times: Float64Array, schemaStep: number): Placement {
    if (this.#found !== undefined && schemaStep === this.#schemaStep && isSame(times, this.#times)) return this.#found;
    const step = Math.min(schemaStep, graphiteStep(intervalOf(times), schemaStep));
    this.#times = times;
    this.#schemaStep = schemaStep;
    this.#found = place(times, slotsOf(this.#range, step));
    return this.#found;
  }
}

/**
 * The values of the slots; of several samples in a slot the last stays that is a number. What needs no change is answered
 * as a part of `values`: it is read only.
 */
export function valuesInSlots({ points, first, behind, at }: Placement, values: Float64Array): Float64Array {
  const inside = values.subarray(first, behind);
  if (at === 0 && inside.length === points) return inside;
  const out = new Float64Array(points).fill(Number.NaN);
  if (typeof at === 'number') out.set(inside, at);
  else {
    for (let i = 0; i < inside.length; i++) {
      const value = inside[i] as number;
      if (!Number.isNaN(value)) out[at[i] as number] = value;
    }
  }
  return out;
}

function place(times: Float64Array, slots: Slots): Placement {
  const [start, step] = [slots.start * 1000, slots.step * 1000];
  const points = (slots.end - slots.start) / slots.step;
  let first = 0;
  while (first < times.length && (times[first] as number) < start) first++;
  let behind = times.length;
  while (behind > first && (times[behind - 1] as number) >= slots.end * 1000) behind--;
  const at = new Uint32Array(behind - first);
  let isRun = true;
  for (let i = 0; i < at.length; i++) {
    at[i] = ((times[first + i] as number) - start) / step;
    isRun &&= at[i] === (at[0] as number) + i;
  }
  return { slots, points, first, behind, at: isRun ? (at[0] ?? 0) : at };
}

/** As `inferInterval`, which a regular series has no need to sort for. */
function intervalOf(times: Float64Array): number {
  const last = times.length - 1;
  const distance = (times[last] ?? 0) - (times[last - 1] ?? 0);
  for (let i = Math.max(1, last - DISTANCES); i <= last; i++) {
    if ((times[i] as number) - (times[i - 1] as number) !== distance) return inferInterval(times);
  }
  return last > 0 ? distance : 0;
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset) return true;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
