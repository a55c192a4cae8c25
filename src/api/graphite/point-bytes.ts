import type { Series } from '#query/graphite/series.ts';
import { NUMBER_BYTES, NumberBytes } from './number-bytes.ts';

/** Room that one point needs. */
export const POINT_BYTES = 2 * NUMBER_BYTES;

/** What stands between two values: `, 1700000000], [`. Of a time of ten digits it is two words. */
const END_BYTES = 16;
const BETWEEN = '], [';
/** The beginning of a point that does not follow. */
const OPENING = ', ['.length;
/** Stretches of time whose ends are kept, a thousand points each. */
const MAX_KEPT = 64;

/** The ends of the points of some times, each of them in {@link END_BYTES} and with the same length. */
type Ends = { readonly view: DataView; readonly length: number };

/**
 * Writes the points of series as JSON, `[1.5, 1700000000], [null, 1700000060]`: values through {@link NumberBytes}, and ends
 * of points that series of one grid share, copied as words.
 */
export class PointBytes {
  readonly #numbers = new NumberBytes();
  readonly #kept = new Map<string, Ends | undefined>();

  /**
   * Writes the points of one series where each of them has {@link POINT_BYTES} of room; returns the place behind them, which
   * is the same place when there are none.
   */
  write(view: DataView, at: number, series: Pick<Series, 'values' | 'start' | 'step'>, noNullPoints: boolean): number {
    const { values } = series;
    const ends = this.#endsOf(series);
    const numbers = this.#numbers;
    view.setUint8(at, 0x5b);
    let next = at + 1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (noNullPoints && Number.isNaN(value)) continue;
      next = numbers.write(view, next, value);
      if (ends === undefined) next = writeText(view, next, endOf(series, i));
      else {
        view.setFloat64(next, ends.view.getFloat64(i * END_BYTES, true), true);
        view.setFloat64(next + 8, ends.view.getFloat64(i * END_BYTES + 8, true), true);
        next += ends.length;
      }
    }
    return next === at + 1 ? at : next - OPENING;
  }

  #endsOf(series: Pick<Series, 'values' | 'start' | 'step'>): Ends | undefined {
    const key = `${series.start} ${series.step} ${series.values.length}`;
    if (this.#kept.has(key)) return this.#kept.get(key);
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    const ends = makeEnds(series);
    this.#kept.set(key, ends);
    return ends;
  }
}

const endOf = ({ start, step }: Pick<Series, 'start' | 'step'>, at: number): string =>
  `, ${start + at * step}${BETWEEN}`;

/** Undefined for times that are no whole numbers of the same length. */
function makeEnds(series: Pick<Series, 'values' | 'start' | 'step'>): Ends | undefined {
  const { start, step, values } = series;
  const { length } = endOf(series, 0);
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(step) || start < 0 || step <= 0) return undefined;
  if (length > END_BYTES || endOf(series, values.length - 1).length !== length) return undefined;
  const view = new DataView(new ArrayBuffer(values.length * END_BYTES));
  for (let i = 0; i < values.length; i++) writeText(view, i * END_BYTES, endOf(series, i));
  return { view, length };
}

function writeText(view: DataView, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  return at + text.length;
}
