import { type Event, SEVERITIES } from '#core/model/event.ts';
import { canonicalKey } from '#core/model/labels.ts';
import { type EncodedColumn, encodeNative } from '#storage/clickhouse/native/encode.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';
import type { SeriesHash } from './series-hash.ts';
import type { SeriesDescription } from './series-name.ts';

const DAY_S = 86_400;

/** Series of a batch that are new, or whose last row in the catalogue is a day old, and the time seen (seconds). */
export type DueSeries = { readonly ordinals: readonly number[]; readonly seenAt: readonly number[] };

/** Rows with the ordinal of their series and their time in ms: batches of samples and chunks of other rows. */
export type SeriesTimes = {
  readonly rows: number;
  readonly ordinal: ArrayLike<number>;
  readonly t: ArrayLike<number>;
};

/** The columns that tell the series of rows. */
export function seriesColumns(ordinals: readonly number[], catalogue: SeriesCatalogue): readonly EncodedColumn[] {
  return [
    { name: 'family', type: 'UInt32', values: Uint32Array.from(ordinals, (o) => catalogue.family[o] ?? 0) },
    { name: 'id', type: 'UInt64', values: BigUint64Array.from(ordinals, (o) => catalogue.id(o)) },
  ];
}

/** The column of times in ms, rounded to whole ones. */
export function timeColumn(times: readonly number[]): EncodedColumn {
  return { name: 't', type: 'DateTime64(3)', values: BigInt64Array.from(times, (t) => BigInt(Math.round(t))) };
}

/**
 * Finds the series of a batch that have to be registered, and marks them as registered: when new, and once per day of
 * their samples, at a time of day of their own so that not all come at midnight.
 */
export function takeDueSeries(batches: readonly SeriesTimes[], catalogue: SeriesCatalogue): DueSeries {
  const { due, low, idWords } = catalogue;
  const ordinals: number[] = [];
  const seenAt: number[] = [];
  for (const { rows, ordinal, t } of batches) {
    for (let row = 0; row < rows; row += 1) {
      const series = ordinal[row] as number;
      const second = Math.floor((t[row] as number) / 1000);
      if (second < (due[series] as number) && second >= (low[series] as number)) continue;
      const offset = (idWords[2 * series] as number) % DAY_S;
      due[series] = second - ((second + offset) % DAY_S) + DAY_S;
      low[series] = Math.max(0, second - DAY_S);
      if (catalogue.forgotten[series] === 1) {
        catalogue.forgotten[series] = 0;
        catalogue.onNew(series);
      }
      ordinals.push(series);
      seenAt.push(second);
    }
  }
  return { ordinals, seenAt };
}

/** Takes a registration back that did not reach the disk. */
export function putBackDueSeries(series: DueSeries, catalogue: SeriesCatalogue): void {
  for (const ordinal of series.ordinals) catalogue.due[ordinal] = 0;
}

/** Parts of at most `size` series. */
export function* slices({ ordinals, seenAt }: DueSeries, size: number): Generator<DueSeries> {
  for (let at = 0; at < ordinals.length; at += size) {
    yield { ordinals: ordinals.slice(at, at + size), seenAt: seenAt.slice(at, at + size) };
  }
}

/** The rows of table `series`, as `describe` has them. */
export function seriesBlock(
  series: DueSeries,
  catalogue: SeriesCatalogue,
  describe: (ordinal: number) => SeriesDescription,
): Uint8Array {
  const { ordinals } = series;
  const rows = ordinals.length;
  const described = ordinals.map(describe);
  const seenAt = Uint32Array.from(series.seenAt);
  return encodeNative(
    [
      ...seriesColumns(ordinals, catalogue),
      { name: 'metric', type: 'String', values: described.map((one) => one.metric) },
      { name: 'labels', type: 'Map(String, String)', values: described.map((one) => one.labels) },
      { name: 'kv', type: 'Array(String)', values: described.map((one) => one.kv) },
      { name: 'path', type: 'String', values: described.map((one) => one.path) },
      { name: 'type', type: 'UInt8', values: new Uint8Array(rows) },
      { name: 'unit', type: 'String', values: described.map(() => '') },
      { name: 'first_seen', type: 'DateTime', values: seenAt },
      { name: 'last_seen', type: 'DateTime', values: seenAt },
    ],
    rows,
  );
}

/** The rows of table `events`. The entity is the id of its labels; an absent value is NaN; severity by its rank. */
export function eventsBlock(events: readonly Event[], hash: SeriesHash): Uint8Array {
  const rows = events.length;
  const words = new Uint32Array(rows * 2);
  const encoder = new TextEncoder();
  for (const [i, event] of events.entries()) hash.id(encoder.encode(canonicalKey(event.labels)), words, 2 * i);
  const texts = (of: (event: Event) => string): string[] => events.map(of);
  return encodeNative(
    [
      { name: 'ts', type: 'DateTime64(3)', values: BigInt64Array.from(events, (e) => BigInt(Math.round(e.t))) },
      { name: 'kind', type: 'String', values: texts((e) => e.kind) },
      { name: 'entity_id', type: 'UInt64', values: new BigUint64Array(words.buffer) },
      { name: 'rule_id', type: 'UInt64', values: new BigUint64Array(rows) },
      { name: 'fp', type: 'UInt64', values: new BigUint64Array(rows) },
      { name: 'state', type: 'String', values: texts((e) => e.state ?? '') },
      { name: 'prev_state', type: 'String', values: texts((e) => e.previousState ?? '') },
      { name: 'severity', type: 'UInt8', values: Uint8Array.from(events, (e) => SEVERITIES.indexOf(e.severity)) },
      { name: 'value', type: 'Float64', values: Float64Array.from(events, (e) => e.value ?? Number.NaN) },
      { name: 'duration_ms', type: 'UInt32', values: new Uint32Array(rows) },
      { name: 'labels', type: 'Map(String, String)', values: events.map((e) => e.labels) },
      { name: 'message', type: 'String', values: texts((e) => e.message) },
      { name: 'data', type: 'String', values: texts(() => '') },
    ],
    rows,
  );
}
