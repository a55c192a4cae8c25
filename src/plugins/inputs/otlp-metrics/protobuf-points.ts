import type { BinaryReader } from '@bufbuild/protobuf/wire';
import type { Attribute } from '#core/otlp/any-value.ts';
import { type FieldReaders, type Messages, readAttribute, readNumbers } from '#core/otlp/protobuf-message.ts';
import {
  type ExponentialBuckets,
  type ExponentialPoint,
  type HistogramPoint,
  millisecondsOf,
  NO_RECORDED_VALUE,
  type NumberPoint,
  type OtlpExemplar,
  type SummaryPoint,
} from './export-request.ts';

/** What all points have, though under different numbers. */
class PointFields {
  readonly #messages: Messages;
  readonly attributes: Attribute[] = [];
  readonly exemplars: OtlpExemplar[] = [];
  t = 0;
  count = 0;
  sum: number | undefined;
  hasNoValue = false;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  readers(numbers: { readonly attributes: number; readonly flags: number; readonly exemplars?: number }): FieldReaders {
    return {
      3: (r) => (this.t = millisecondsOf(BigInt(r.fixed64()))),
      [numbers.attributes]: (r) => this.attributes.push(readAttribute(this.#messages, r)),
      [numbers.flags]: (r) => (this.hasNoValue = (r.uint32() & NO_RECORDED_VALUE) !== 0),
      ...(numbers.exemplars === undefined
        ? {}
        : { [numbers.exemplars]: (r: BinaryReader) => this.exemplars.push(exemplarOf(this.#messages, r.bytes())) }),
    };
  }

  /** Of all points but numbers. */
  totals(): FieldReaders {
    return { 4: (r) => (this.count = fixed64(r)), 5: (r) => (this.sum = r.double()) };
  }

  whole(): { attributes: Attribute[]; t: number; hasNoValue: boolean } {
    return { attributes: this.attributes, t: this.t, hasNoValue: this.hasNoValue };
  }
}

/** A `NumberDataPoint`. */
export function numberPointOf(messages: Messages, bytes: Uint8Array): NumberPoint {
  const point = new PointFields(messages);
  let v: number | undefined;
  messages.read(bytes, {
    ...point.readers({ attributes: 7, flags: 8, exemplars: 5 }),
    4: (r) => (v = r.double()),
    6: (r) => (v = Number(r.sfixed64())),
  });
  return { kind: 'number', ...point.whole(), v, exemplars: point.exemplars };
}

/** A `HistogramDataPoint`. */
export function histogramPointOf(messages: Messages, bytes: Uint8Array): HistogramPoint {
  const point = new PointFields(messages);
  const bucketCounts: number[] = [];
  const bounds: number[] = [];
  messages.read(bytes, {
    ...point.readers({ attributes: 9, flags: 10, exemplars: 8 }),
    ...point.totals(),
    6: (r, type) => readNumbers(r, type, bucketCounts, () => fixed64(r)),
    7: (r, type) => readNumbers(r, type, bounds, () => r.double()),
  });
  const { count, sum, exemplars } = point;
  return { kind: 'histogram', ...point.whole(), count, sum, bucketCounts, bounds, exemplars };
}

/** An `ExponentialHistogramDataPoint`. */
export function exponentialPointOf(messages: Messages, bytes: Uint8Array): ExponentialPoint {
  const point = new PointFields(messages);
  let scale = 0;
  let zeroCount = 0;
  let zeroThreshold = 0;
  let positive: ExponentialBuckets = { offset: 0, counts: [] };
  let negative = positive;
  messages.read(bytes, {
    ...point.readers({ attributes: 1, flags: 10, exemplars: 11 }),
    ...point.totals(),
    6: (r) => (scale = r.sint32()),
    7: (r) => (zeroCount = fixed64(r)),
    8: (r) => (positive = bucketsOf(messages, r.bytes())),
    9: (r) => (negative = bucketsOf(messages, r.bytes())),
    14: (r) => (zeroThreshold = r.double()),
  });
  const { count, sum, exemplars } = point;
  const buckets = { scale, zeroCount, zeroThreshold, positive, negative };
  return { kind: 'exponential', ...point.whole(), count, sum, ...buckets, exemplars };
}

/** A `SummaryDataPoint`. */
export function summaryPointOf(messages: Messages, bytes: Uint8Array): SummaryPoint {
  const point = new PointFields(messages);
  const quantiles: { quantile: number; v: number }[] = [];
  messages.read(bytes, {
    ...point.readers({ attributes: 7, flags: 8 }),
    ...point.totals(),
    6: (r) => quantiles.push(quantileOf(messages, r.bytes())),
  });
  return { kind: 'summary', ...point.whole(), count: point.count, sum: point.sum ?? 0, quantiles };
}

function quantileOf(messages: Messages, bytes: Uint8Array): { quantile: number; v: number } {
  let quantile = 0;
  let v = 0;
  messages.read(bytes, { 1: (r) => (quantile = r.double()), 2: (r) => (v = r.double()) });
  return { quantile, v };
}

function bucketsOf(messages: Messages, bytes: Uint8Array): ExponentialBuckets {
  const counts: number[] = [];
  let offset = 0;
  messages.read(bytes, {
    1: (r) => (offset = r.sint32()),
    2: (r, type) => readNumbers(r, type, counts, () => Number(r.uint64())),
  });
  return { offset, counts };
}

function exemplarOf(messages: Messages, bytes: Uint8Array): OtlpExemplar {
  const attributes: Attribute[] = [];
  let t = 0;
  let v = 0;
  let traceId = '';
  let spanId = '';
  messages.read(bytes, {
    2: (r) => (t = millisecondsOf(BigInt(r.fixed64()))),
    3: (r) => (v = r.double()),
    4: (r) => (spanId = Buffer.from(r.bytes()).toString('hex')),
    5: (r) => (traceId = Buffer.from(r.bytes()).toString('hex')),
    6: (r) => (v = Number(r.sfixed64())),
    7: (r) => attributes.push(readAttribute(messages, r)),
  });
  return { attributes, t, v, traceId, spanId };
}

function fixed64(reader: BinaryReader): number {
  return Number(reader.fixed64());
}
