import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import type { MetricKind, OtlpMetric, OtlpPoint, ResourceMetrics } from './export-request.ts';
import { decodeJson } from './json-request.ts';
import { decodeProtobuf } from './protobuf-request.ts';
import { encodeJson, encodeProtobuf } from './testing/encode-request.ts';

const ENCODINGS = [
  { name: 'protobuf', encode: encodeProtobuf, decode: decodeProtobuf },
  { name: 'JSON', encode: encodeJson, decode: decodeJson },
] as const;

const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
const attributes = fc.array(fc.tuple(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 })), { maxLength: 3 });
const t = fc.integer({ min: 0, max: 4e12 });
const count = fc.integer({ min: 0, max: 2 ** 53 - 1 });
const value = fc.double().map((v) => v + 0);
const hex = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
const exemplars = fc.array(record({ attributes, t, v: value, traceId: hex(16), spanId: hex(8) }), { maxLength: 2 });
const buckets = record({ offset: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), counts: fc.array(count) });
const base = { attributes, t, hasNoValue: fc.boolean() };
const totals = { ...base, count, sum: fc.option(value, { nil: undefined }) };
const of = <Kind extends string>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind);

const POINTS = {
  number: record({ kind: of('number'), ...base, v: fc.option(value, { nil: undefined }), exemplars }),
  histogram: record({
    kind: of('histogram'),
    ...totals,
    bucketCounts: fc.array(count),
    bounds: fc.array(value),
    exemplars,
  }),
  exponential: record({
    kind: of('exponential'),
    ...totals,
    scale: fc.integer({ min: -20, max: 30 }),
    zeroCount: count,
    zeroThreshold: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    positive: buckets,
    negative: buckets,
    exemplars,
  }),
  summary: record({
    kind: of('summary'),
    ...totals,
    sum: value,
    quantiles: fc.array(record({ quantile: fc.double({ min: 0, max: 1, noNaN: true }), v: value })),
  }),
};

function metricsOf(kind: MetricKind, point: fc.Arbitrary<OtlpPoint>): fc.Arbitrary<OtlpMetric> {
  const hasTemporality = kind !== 'gauge' && kind !== 'summary';
  return record({
    name: fc.string(),
    description: fc.string(),
    unit: fc.string(),
    kind: fc.constant(kind),
    isMonotonic: kind === 'sum' ? fc.boolean() : fc.constant(false),
    temporality: hasTemporality
      ? fc.constantFrom('unspecified', 'delta', 'cumulative')
      : fc.constant('cumulative' as const),
    points: fc.array(point, { maxLength: 3 }),
  });
}

const metric = fc.oneof(
  metricsOf('gauge', POINTS.number),
  metricsOf('sum', POINTS.number),
  metricsOf('histogram', POINTS.histogram),
  metricsOf('exponentialHistogram', POINTS.exponential),
  metricsOf('summary', POINTS.summary),
);
const request = fc.array(record({ attributes, metrics: fc.array(metric, { maxLength: 3 }) }), { maxLength: 2 });

for (const { name, encode, decode } of ENCODINGS) {
  test(`${name}: what was encoded is decoded`, () => {
    fc.assert(fc.property(request, (resources) => assert.deepEqual(decode(encode(resources)), resources)));
  });

  test(`${name}: cut, changed and random bytes are decoded or are a bad request`, () => {
    const [seed = new Uint8Array()] = fc
      .sample(request, { numRuns: 200, seed: 1 })
      .map(encode)
      .toSorted((a, b) => b.length - a.length);
    const edits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 4 });
    const changed = fc.tuple(fc.nat(seed.length), edits).map(([length, changes]) => {
      const bytes = Uint8Array.from(seed);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes.subarray(0, length);
    });
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        try {
          decode(bytes);
        } catch (error) {
          assert.ok(error instanceof AppError && error.code === 'bad_request', String(error));
          refused += 1;
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(refused > 0);
  });
}

test('attribute values of every type have the same text in both encodings', () => {
  const any = new BinaryWriter();
  const pair = (key: string, write: (w: BinaryWriter) => void): void => {
    any.tag(1, 2).fork().tag(1, 2).string(key).tag(2, 2).fork();
    write(any);
    any.join().join();
  };
  const one = (w: BinaryWriter): BinaryWriter => w.tag(1, 2).fork().tag(3, 0).int64(1).join();
  pair('text', (w) => w.tag(1, 2).string('ü'));
  pair('bool', (w) => w.tag(2, 0).bool(true));
  pair('int', (w) => w.tag(3, 0).int64(9_007_199_254_740_993n));
  pair('double', (w) => w.tag(4, 1).double(1.5));
  pair('list', (w) => one(w.tag(5, 2).fork()).tag(1, 2).fork().tag(1, 2).string('a').join().join());
  pair('map', (w) =>
    w
      .tag(6, 2)
      .fork()
      .tag(1, 2)
      .fork()
      .tag(1, 2)
      .string('k')
      .tag(2, 2)
      .fork()
      .tag(2, 0)
      .bool(false)
      .join()
      .join()
      .join(),
  );
  pair('bytes', (w) => w.tag(7, 2).bytes(Uint8Array.of(1, 2)));
  pair('none', () => {});
  const json = [
    ['text', { stringValue: 'ü' }],
    ['bool', { boolValue: true }],
    ['int', { intValue: '9007199254740993' }],
    ['double', { doubleValue: 1.5 }],
    ['list', { arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }] } }],
    ['map', { kvlistValue: { values: [{ key: 'k', value: { boolValue: false } }] } }],
    ['bytes', { bytesValue: 'AQI=' }],
    ['none', {}],
  ].map(([key, v]) => ({ key, value: v }));
  const expected: readonly Attribute[] = [
    ['text', 'ü'],
    ['bool', 'true'],
    ['int', '9007199254740993'],
    ['double', '1.5'],
    ['list', '[1,"a"]'],
    ['map', '{"k":false}'],
    ['bytes', 'AQI='],
    ['none', ''],
  ];
  const wrap = new BinaryWriter().tag(1, 2).fork().tag(1, 2).bytes(any.finish()).join().finish();
  const wanted: readonly ResourceMetrics[] = [{ attributes: expected, metrics: [] }];
  assert.deepEqual(decodeProtobuf(wrap), wanted);
  const body = { resourceMetrics: [{ resource: { attributes: json } }] };
  assert.deepEqual(decodeJson(Buffer.from(JSON.stringify(body))), wanted);
});

test('hostile requests are refused: nesting, and more objects than a request can need', () => {
  let nested = new Uint8Array();
  for (let level = 0; level < 40; level += 1) {
    const list = new BinaryWriter().tag(1, 2).bytes(nested).finish();
    nested = Uint8Array.from(new BinaryWriter().tag(5, 2).bytes(list).finish());
  }
  const attribute = new BinaryWriter().tag(1, 2).string('k').tag(2, 2).bytes(nested).finish();
  const resource = new BinaryWriter()
    .tag(1, 2)
    .fork()
    .tag(1, 2)
    .fork()
    .tag(1, 2)
    .bytes(attribute)
    .join()
    .join()
    .finish();
  assert.throws(() => decodeProtobuf(resource), /nested deeper than 16/);
  const empties = Buffer.alloc(4_100_000, Uint8Array.of(0x0a, 0));
  assert.throws(() => decodeProtobuf(empties), /more than 2000000 messages/);
  assert.throws(() => decodeJson(Buffer.from(`[${'{},'.repeat(2_000_001)}0]`)), /more than 2000000 objects/);
});
