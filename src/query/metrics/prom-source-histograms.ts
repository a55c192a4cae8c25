import { type Buckets, type NativeHistogram, RESET_HINTS } from '#core/model/histogram.ts';
import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import type { NativeBlock, NativeColumn, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import type { HistogramPresence } from './histogram-presence.ts';
import { pairsLiteral } from './literal.ts';
import { rawTime } from './read-samples.ts';
import type { SeriesRef } from './series-source.ts';

/** What histograms come from. */
export type HistogramParts = { readonly store: TelemetryStore; readonly histogramPresence?: HistogramPresence };

export type HistogramPoint = { readonly t: number; readonly histogram: NativeHistogram };

const SERIES_PER_STATEMENT = 2_000;
const FAMILIES_PER_STATEMENT = 1_000;
const COLUMNS =
  'id, toFloat64(toUnixTimestamp64Milli(h.t)) AS ms, schema, counter_reset, count, sum, zero_threshold, zero_count,' +
  ' pos_offsets, pos_lengths, pos_counts, neg_offsets, neg_lengths, neg_counts, custom_values';

/** Native histograms of each series in the interval by id, in time order, one a time. Few series have any. */
export async function readHistograms(
  parts: HistogramParts,
  refs: readonly SeriesRef[],
  interval: Interval,
  signal: AbortSignal,
): Promise<Map<bigint, HistogramPoint[]>> {
  const { store } = parts;
  const found = new Map<bigint, HistogramPoint[]>();
  const families = await familiesWithHistograms(parts, refs, interval, signal);
  const wanted = refs.filter(({ family }) => families.has(family));
  for (const list of chunks(wanted, SERIES_PER_STATEMENT)) {
    const sql =
      `SELECT ${COLUMNS} FROM nocmate.histograms AS h WHERE (family, id) IN (${pairsLiteral(list)})` +
      ` AND ${timeCondition(interval)} ORDER BY family, id, h.t`;
    for (const block of await store.columns(sql, { signal })) takeBlock(found, block);
  }
  return found;
}

const timeCondition = ({ from, to }: Interval): string => `h.t >= ${rawTime(from)} AND h.t <= ${rawTime(to)}`;

/** Which families of the selection have histograms in the interval; for most selections none. */
export async function familiesWithHistograms(
  { store, histogramPresence }: HistogramParts,
  refs: readonly SeriesRef[],
  interval: Interval,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  if (histogramPresence !== undefined && !(await histogramPresence.isAny())) return new Set();
  const families = [...new Set(refs.map(({ family }) => family))];
  const among = families.length <= FAMILIES_PER_STATEMENT ? ` AND family IN (${families.join(',')})` : '';
  const sql = `SELECT DISTINCT family FROM nocmate.histograms AS h WHERE ${timeCondition(interval)}${among}`;
  const rows = await store.rows<{ family: number }>(sql, { signal });
  return new Set(rows.map(({ family }) => family));
}

function takeBlock(found: Map<bigint, HistogramPoint[]>, { rows, columns }: NativeBlock): void {
  if (rows === 0) return;
  const row = new RowReader(columns);
  for (let i = 0; i < rows; i++) {
    const id = row.id(i);
    const point = { t: row.number('ms', i), histogram: row.histogram(i) };
    const list = found.get(id);
    if (list === undefined) found.set(id, [point]);
    else if (list.at(-1)?.t !== point.t) list.push(point);
  }
}

/** The columns of a block of table `histograms`, row by row. */
class RowReader {
  readonly #columns: ReadonlyMap<string, NativeColumn>;

  constructor(columns: readonly NativeColumn[]) {
    this.#columns = new Map(columns.map((column) => [column.name, column]));
  }

  id(row: number): bigint {
    const column = this.#columns.get('id');
    return column?.kind === 'bigint' ? column.values[row]! : 0n;
  }

  number(name: string, row: number): number {
    const column = this.#columns.get(name);
    return column?.kind === 'number' ? column.values[row]! : Number.NaN;
  }

  numbers(name: string, row: number): Float64Array {
    const column = this.#columns.get(name);
    if (column?.kind !== 'numbers') return new Float64Array(0);
    const from = row === 0 ? 0 : column.ends[row - 1]!;
    return Float64Array.from(column.values.subarray(from, column.ends[row]!) as Float64Array);
  }

  histogram(row: number): NativeHistogram {
    return {
      schema: this.number('schema', row),
      resetHint: RESET_HINTS[this.number('counter_reset', row)] ?? 'unknown',
      count: this.number('count', row),
      sum: this.number('sum', row),
      zeroThreshold: this.number('zero_threshold', row),
      zeroCount: this.number('zero_count', row),
      positive: this.#buckets('pos', row),
      negative: this.#buckets('neg', row),
      customValues: this.numbers('custom_values', row),
    };
  }

  #buckets(side: 'pos' | 'neg', row: number): Buckets {
    const lengths = this.numbers(`${side}_lengths`, row);
    const offsets = this.numbers(`${side}_offsets`, row);
    const spans = Array.from(lengths, (length, i) => ({ offset: offsets[i]!, length }));
    return { spans, counts: this.numbers(`${side}_counts`, row) };
  }
}

/** Floats and histograms of one series as one list; of both at one time the histogram stays. */
export function mergeHistograms(floats: RawSamples | undefined, points: readonly HistogramPoint[]): RawSamples {
  const own = floats ?? { t: new Float64Array(0), v: new Float64Array(0) };
  const size = own.t.length + points.length;
  const t = new Float64Array(size);
  const v = new Float64Array(size);
  const [from, to] = [own.v, v].map((values) => new Uint32Array(values.buffer, values.byteOffset, values.length * 2));
  const histograms: (NativeHistogram | undefined)[] = [];
  let [i, j, count] = [0, 0, 0];
  while (i < own.t.length || j < points.length) {
    const point = points[j];
    const time = own.t[i] ?? Number.POSITIVE_INFINITY;
    if (point !== undefined && point.t <= time) {
      if (point.t === time) i++;
      t[count] = point.t;
      histograms.push(point.histogram);
      j++;
    } else {
      t[count] = time;
      to![2 * count] = from![2 * i]!;
      to![2 * count + 1] = from![2 * i + 1]!;
      histograms.push(undefined);
      i++;
    }
    count++;
  }
  return { t: t.subarray(0, count), v: v.subarray(0, count), histograms };
}
