/**
 * What most dashboards do to whole series, as loops of their own: a function called for each value would make an object of
 * each number that it gets and returns. None is NaN and stays so. What is written to may be what is read from.
 */

/** Every value times a factor. */
export function multiplied(values: Float64Array, factor: number, out: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) out[i] = (values[i] as number) * factor;
  return out;
}

/** Every value divided by a number. */
export function divided(values: Float64Array, divisor: number, out: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) out[i] = (values[i] as number) / divisor;
  return out;
}

/** Every value and a constant. */
export function increased(values: Float64Array, constant: number, out: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) out[i] = (values[i] as number) + constant;
  return out;
}

/** Every value less the one before; nothing is before the first. */
export function differences(values: Float64Array, out: Float64Array): Float64Array {
  let before = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    out[i] = value - before;
    before = value;
  }
  return out;
}

/** The sum of all known values so far, where a value is known. */
export function runningTotals(values: Float64Array, out: Float64Array): Float64Array {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) total += value;
    out[i] = Number.isNaN(value) ? value : total;
  }
  return out;
}

/** The value in place of each None. */
export function withoutNone(values: Float64Array, value: number): Float64Array {
  const out = values.slice();
  for (let i = 0; i < out.length; i++) if (Number.isNaN(out[i])) out[i] = value;
  return out;
}

/** The first index from `from` on at which None stands; the length when there is none. */
export function nextNone(values: Float64Array, from: number): number {
  let i = from;
  while (i < values.length && !Number.isNaN(values[i])) i++;
  return i;
}
