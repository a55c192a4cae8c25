import {
  type BucketSpan,
  type Buckets,
  CUSTOM_BUCKETS,
  type NativeHistogram,
  RESET_HINTS,
} from '#core/model/histogram.ts';
import { type EncodedColumn, encodeNative } from '#storage/clickhouse/native/encode.ts';
import { seriesColumns, timeColumn } from './blocks.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';

/** A native histogram of the series with this ordinal. */
export type HistogramRow = { readonly series: number; readonly t: number; readonly histogram: NativeHistogram };

const MIN_SCHEMA = -4;
const MAX_SCHEMA = 8;

/** Whether the parts of a histogram fit together, so that it can be read back. */
export function isWholeHistogram({ schema, positive, negative }: NativeHistogram): boolean {
  const isKnown =
    schema === CUSTOM_BUCKETS || (Number.isInteger(schema) && schema >= MIN_SCHEMA && schema <= MAX_SCHEMA);
  return isKnown && isWholeSide(positive) && isWholeSide(negative);
}

function isWholeSide({ spans, counts }: Buckets): boolean {
  return spans.every(isSpan) && spans.reduce((sum, { length }) => sum + length, 0) === counts.length;
}

/** Offsets are 32-bit integers on the wire as well. */
function isSpan({ offset, length }: BucketSpan): boolean {
  return (offset | 0) === offset && Number.isSafeInteger(length) && length >= 0;
}

/** The rows of table `histograms`. */
export function histogramsBlock(rows: readonly HistogramRow[], catalogue: SeriesCatalogue): Uint8Array {
  const all = rows.map(({ histogram }) => histogram);
  const number = (name: string, of: (histogram: NativeHistogram) => number): EncodedColumn => ({
    ...{ name, type: 'Float64' },
    values: Float64Array.from(all, of),
  });
  return encodeNative(
    [
      ...seriesColumns(
        rows.map(({ series }) => series),
        catalogue,
      ),
      timeColumn(rows.map(({ t }) => t)),
      { name: 'schema', type: 'Int8', values: Int8Array.from(all, ({ schema }) => schema) },
      {
        name: 'counter_reset',
        type: 'UInt8',
        values: Uint8Array.from(all, ({ resetHint }) => RESET_HINTS.indexOf(resetHint)),
      },
      number('count', ({ count }) => count),
      number('sum', ({ sum }) => sum),
      number('zero_threshold', ({ zeroThreshold }) => zeroThreshold),
      number('zero_count', ({ zeroCount }) => zeroCount),
      ...sideColumns(
        'pos',
        all.map(({ positive }) => positive),
      ),
      ...sideColumns(
        'neg',
        all.map(({ negative }) => negative),
      ),
      { name: 'custom_values', type: 'Array(Float64)', values: all.map(({ customValues }) => customValues) },
    ],
    rows.length,
  );
}

function sideColumns(side: string, buckets: readonly Buckets[]): readonly EncodedColumn[] {
  return [
    {
      name: `${side}_offsets`,
      type: 'Array(Int32)',
      values: buckets.map(({ spans }) => Int32Array.from(spans, ({ offset }) => offset)),
    },
    {
      name: `${side}_lengths`,
      type: 'Array(UInt32)',
      values: buckets.map(({ spans }) => Uint32Array.from(spans, ({ length }) => length)),
    },
    { name: `${side}_counts`, type: 'Array(Float64)', values: buckets.map(({ counts }) => counts) },
  ];
}
