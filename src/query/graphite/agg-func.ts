import { queryError } from './query-error.ts';

/** One number from many; NaN = None, both ways. */
export type AggFunc = (values: Float64Array) => number;

/** The known values, in order. */
export function known(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** How many values are known. */
export function countKnown(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count++;
  return count;
}

function fold(values: Float64Array, f: (total: number, value: number) => number): number {
  let total = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value)) total = Number.isNaN(total) ? value : f(total, value);
  }
  return total;
}

export const sum: AggFunc = (values) => fold(values, (total, value) => total + value);
export const minimum: AggFunc = (values) => fold(values, Math.min);
export const maximum: AggFunc = (values) => fold(values, Math.max);
export const average: AggFunc = (values) => sum(values) / countKnown(values);
export const last: AggFunc = (values) => fold(values, (_, value) => value);
export const first: AggFunc = (values) => fold(values, (total) => total);

/** The middle of the sorted known values, or the mean of the two middle ones. */
export const median: AggFunc = (values) => {
  const sorted = known(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Standard deviation of the population. */
export const standardDeviation: AggFunc = (values) => {
  const mean = average(values);
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / countKnown(values));
};

const AGG_FUNCS: ReadonlyMap<string, AggFunc> = new Map<string, AggFunc>([
  ['average', average],
  ['avg_zero', (values) => (values.length === 0 ? Number.NaN : (sum(values) || 0) / values.length)],
  ['median', median],
  ['sum', sum],
  ['min', minimum],
  ['max', maximum],
  ['diff', (values) => fold(values, (total, value) => total - value)],
  ['stddev', standardDeviation],
  ['count', countKnown],
  ['range', (values) => maximum(values) - minimum(values)],
  ['multiply', (values) => values.reduce((product, value) => product * value, 1)],
  ['last', last],
]);

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['rangeOf', 'range'],
  ['avg', 'average'],
  ['total', 'sum'],
  ['current', 'last'],
]);

/** The names that `aggFunc` parameters accept. */
export const AGG_FUNC_NAMES: readonly string[] = [...AGG_FUNCS.keys(), ...ALIASES.keys()];

/** The aggregation of that name, or undefined; `sumSeries` is accepted for `sum`. */
export function findAggFunc(name: string): AggFunc | undefined {
  const short = name.endsWith('Series') ? name.slice(0, -'Series'.length) : name;
  return AGG_FUNCS.get(ALIASES.get(short) ?? short);
}

/** The aggregation of that name; throws `bad_query` for an unknown one. */
export function aggFunc(name: string): AggFunc {
  const found = findAggFunc(name);
  if (found === undefined) throw queryError(`Unsupported aggregation function: ${name}`);
  return found;
}

/** True when enough points are known: at least one, and the share that `xFilesFactor` asks for. */
export function isEnough(knownCount: number, total: number, xFilesFactor: number): boolean {
  return knownCount > 0 && total > 0 && knownCount / total >= xFilesFactor;
}
