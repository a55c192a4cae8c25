import { type ChartData, EMPTY_DATA } from './chart-data.ts';

/** Numbers that people read change at most four times a second. */
const READOUT_MS = 250;

/** What a chart shares with its legend and age, outside React: the drawn data and the crosshair. */
export class ChartHandle {
  data: ChartData = EMPTY_DATA;
  /** Index of the point under the crosshair; undefined = none, read the newest. */
  index: number | undefined;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** Listeners write text nodes; they are called at once and then at most four times a second. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    listener();
    return () => this.#listeners.delete(listener);
  };

  update(data: ChartData, index: number | undefined): void {
    this.data = data;
    this.index = index;
    if (this.#timer !== undefined) return;
    const wait = this.#toldAt + READOUT_MS - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer = setTimeout(() => this.#tell(), wait);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    this.#toldAt = performance.now();
    for (const listener of this.#listeners) listener();
  }
}

/** The value a legend shows for a line: under the crosshair, else the newest. */
export function readoutValue(handle: ChartHandle, index: number): number {
  const values = handle.data.values[index];
  if (values === undefined) return Number.NaN;
  if (handle.index !== undefined) return values[handle.index] ?? Number.NaN;
  for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i] as number)) return values[i] as number;
  return Number.NaN;
}
