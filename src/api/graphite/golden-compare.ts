import { isDeepStrictEqual } from 'node:util';

/** A recorded answer and what matters of it. */
export type Expectation = {
  readonly kind: 'render' | 'get';
  readonly fmt?: string;
  readonly ordered?: boolean;
  readonly names_only?: boolean;
  readonly expected: unknown;
};

type Point = readonly [number | null, number];
type JsonSeries = { readonly target: string; readonly tags?: unknown; readonly datapoints: readonly Point[] };

/** What is different between an answer and the recorded one; undefined when they agree to 1e-6. */
export function difference(golden: Expectation, text: string): string | undefined {
  if (golden.kind === 'get') return differenceOfLists(golden, JSON.parse(text));
  if (golden.fmt === 'raw') return differenceOfRaw(String(golden.expected), text);
  if (golden.fmt === 'json') return differenceOfSeries(golden, JSON.parse(text) as JsonSeries[]);
  const [expected, actual] = [golden.expected, JSON.parse(text)] as [Dygraph, Dygraph];
  if (!isDeepStrictEqual(expected.labels, actual.labels)) return 'labels differ';
  const isSame = expected.data.every((row, i) => row.every((value, k) => isClose(value, actual.data[i]?.[k] ?? null)));
  return isSame && expected.data.length === actual.data.length ? undefined : 'rows differ';
}

type Dygraph = { readonly labels: readonly string[]; readonly data: readonly (readonly (number | null)[])[] };

function isClose(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || Math.abs(a - b) <= Math.max(1e-9, 1e-6 * Math.max(Math.abs(a), Math.abs(b)));
}

function differenceOfSeries(golden: Expectation, actual: readonly JsonSeries[]): string | undefined {
  const inOrder = (list: readonly JsonSeries[]): readonly JsonSeries[] =>
    golden.ordered === true ? list : list.toSorted((a, b) => Number(a.target > b.target) - Number(a.target < b.target));
  const expected = inOrder(golden.expected as JsonSeries[]);
  const names = inOrder(actual).map(({ target }) => target);
  if (
    !isDeepStrictEqual(
      names,
      expected.map(({ target }) => target),
    )
  )
    return `names: ${JSON.stringify(names)}`;
  for (const [index, series] of expected.entries()) {
    const points = inOrder(actual)[index]?.datapoints ?? [];
    if (points.length !== series.datapoints.length)
      return `${series.target}: ${points.length} points, first ${String(points[0])}`;
    for (const [i, [value, time]] of series.datapoints.entries()) {
      const point = points[i] as Point;
      if (point[1] !== time || !isClose(value, point[0]))
        return `${series.target}: ${String(point)} is not ${value},${time}`;
    }
    const tags = inOrder(actual)[index]?.tags;
    if (series.tags !== undefined && !isDeepStrictEqual(tags, series.tags))
      return `${series.target}: tags ${JSON.stringify(tags)}`;
  }
  return undefined;
}

function differenceOfRaw(expected: string, actual: string): string | undefined {
  const rows = (text: string): string[][] =>
    text
      .trim()
      .split('\n')
      .sort()
      .map((line) => line.split(/[|,]/));
  const isSame = rows(expected).every((row, i) =>
    row.every((cell, k) => {
      const other = rows(actual)[i]?.[k];
      return cell === other || isClose(Number(cell), Number(other));
    }),
  );
  return isSame ? undefined : `raw: ${actual.slice(0, 200)}`;
}

function differenceOfLists(golden: Expectation, actual: unknown): string | undefined {
  if (golden.names_only === true) {
    const missing = (golden.expected as string[]).filter((name) => !Object.hasOwn(actual as object, name));
    return missing.length === 0 ? undefined : `missing ${missing.join(', ')}`;
  }
  return isDeepStrictEqual(sorted(golden.expected), sorted(actual)) ? undefined : `got ${JSON.stringify(actual)}`;
}

/** Lists in a fixed order, so that order does not count. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
