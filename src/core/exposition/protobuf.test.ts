import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ExpositionError } from './exposition.ts';
import { acceptHeader, parseExposition } from './parse-exposition.ts';
import { parseProtobuf } from './protobuf.ts';

type Write = (writer: BinaryWriter) => void;

const message =
  (field: number, write: Write): Write =>
  (writer) => {
    writer.tag(field, WireType.LengthDelimited).fork();
    write(writer);
    writer.join();
  };
const double =
  (field: number, value: number): Write =>
  (writer) =>
    writer.tag(field, WireType.Bit64).double(value);
const varint =
  (field: number, value: number): Write =>
  (writer) =>
    writer.tag(field, WireType.Varint).uint32(value);
const sint =
  (field: number, value: number): Write =>
  (writer) =>
    writer.tag(field, WireType.Varint).sint32(value);
const text =
  (field: number, value: string): Write =>
  (writer) =>
    writer.tag(field, WireType.LengthDelimited).string(value);
const all =
  (...writes: Write[]): Write =>
  (writer) => {
    for (const write of writes) write(writer);
  };
const label = (name: string, value: string): Write => message(1, all(text(1, name), text(2, value)));

function delimited(...families: Write[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const family of families) {
    writer.fork();
    family(writer);
    writer.join();
  }
  return writer.finish();
}

const counter = all(
  text(1, 'requests_total'),
  text(2, 'Requests.'),
  varint(3, 0),
  message(
    4,
    all(
      label('code', '200'),
      message(
        3,
        all(
          double(1, 7),
          message(2, all(label('trace_id', 'x'), double(2, 0.5), message(3, varint(1, 3)))),
          message(3, varint(1, 5)),
        ),
      ),
      (writer) => writer.tag(6, WireType.Varint).int64(1_700_000_000_123),
    ),
  ),
);

test('a counter has its value, time, exemplar and beginning', () => {
  const { samples, metadata, created } = parseProtobuf(delimited(counter));
  assert.deepEqual(metadata, [{ metric: 'requests_total', type: 'counter', unit: '', help: 'Requests.' }]);
  const [sample] = samples;
  assert.deepEqual(
    [sample?.series.name, { ...sample?.series.labels }, sample?.v, sample?.t],
    ['requests_total', { code: '200' }, 7, 1_700_000_000_123],
  );
  assert.deepEqual(
    { ...sample?.exemplar, labels: { ...sample?.exemplar?.labels } },
    { labels: { trace_id: 'x' }, v: 0.5, t: 3_000 },
  );
  assert.equal(created[0]?.t, 5_000);
});

test('summaries and classic histograms become the series of the text format', () => {
  const summary = all(
    text(1, 's'),
    varint(3, 2),
    message(4, message(4, all(varint(1, 3), double(2, 1.5), message(3, all(double(1, 1), double(2, 0.9)))))),
  );
  const bucket = (count: number, bound: number): Write => message(3, all(varint(1, count), double(2, bound)));
  const histogram = all(
    text(1, 'h'),
    varint(3, 4),
    message(4, message(7, all(varint(1, 4), double(2, 9), bucket(1, 1), bucket(3, 2.5)))),
  );
  const { samples } = parseProtobuf(delimited(summary, histogram));
  assert.deepEqual(
    samples.map(({ series, v }) => [series.name, { ...series.labels }, v]),
    [
      ['s', { quantile: '1.0' }, 0.9],
      ['s_sum', {}, 1.5],
      ['s_count', {}, 3],
      ['h_bucket', { le: '1.0' }, 1],
      ['h_bucket', { le: '2.5' }, 3],
      ['h_bucket', { le: '+Inf' }, 4],
      ['h_sum', {}, 9],
      ['h_count', {}, 4],
    ],
  );
});

const span = (field: number, offset: number, length: number): Write =>
  message(field, all(sint(1, offset), varint(2, length)));
const native = (...deltas: Write[]): Write =>
  all(
    text(1, 'n'),
    varint(3, 4),
    message(
      4,
      message(
        7,
        all(
          varint(1, 6),
          double(2, 10),
          sint(5, 3),
          double(6, 0.001),
          varint(7, 1),
          span(12, -2, 2),
          span(12, 3, 1),
          ...deltas,
        ),
      ),
    ),
  );
const packed: Write = (writer) => {
  writer.tag(13, WireType.LengthDelimited).fork();
  for (const delta of [1, 2, -1]) writer.sint64(delta);
  writer.join();
};

test('a native histogram has absolute counts, packed or not', () => {
  for (const deltas of [[packed], [sint(13, 1), sint(13, 2), sint(13, -1)]]) {
    const { histograms, samples } = parseProtobuf(delimited(native(...deltas)));
    assert.equal(samples.length, 0);
    const { histogram } = histograms[0] ?? {};
    assert.deepEqual(histogram?.positive, {
      spans: [
        { offset: -2, length: 2 },
        { offset: 3, length: 1 },
      ],
      counts: Float64Array.of(1, 3, 2),
    });
    assert.deepEqual(
      [histogram?.schema, histogram?.count, histogram?.sum, histogram?.zeroCount, histogram?.zeroThreshold],
      [3, 6, 10, 1, 0.001],
    );
  }
});

test('of a histogram with both shapes the wanted one is read', () => {
  const buckets = [1, 3].map((count) => message(3, all(varint(1, count), double(2, count))));
  const body = delimited(native(packed, ...buckets));
  const read = (histograms: 'classic' | 'native' | 'both'): [number, number] => {
    const exposition = parseProtobuf(body, histograms);
    return [exposition.histograms.length, exposition.samples.length];
  };
  assert.deepEqual(read('native'), [1, 0]);
  assert.deepEqual(read('classic'), [0, 5]);
  assert.deepEqual(read('both'), [1, 5]);
});

test('malformed bodies are refused', () => {
  assert.throws(() => parseProtobuf(delimited(native(sint(13, 1)))), /1 counts for 3 buckets/);
  const whole = delimited(counter);
  for (let length = 1; length < whole.length; length++) {
    assert.throws(() => parseProtobuf(whole.subarray(0, length)), ExpositionError);
  }
});

test('the content type decides how a body is read', () => {
  const bytes = (body: string): Uint8Array => new TextEncoder().encode(body);
  const options = { strict: true };
  const om = parseExposition(
    bytes('a 1 1.5\n# EOF\n'),
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
    options,
  );
  assert.equal(om.samples[0]?.t, 1_500);
  assert.equal(parseExposition(bytes('a 1 1500\n'), 'text/plain', options).samples[0]?.t, 1_500);
  assert.throws(() => parseExposition(bytes('a 1\n'), 'text/html', options), /fallback_scrape_protocol/);
  assert.equal(
    parseExposition(bytes('a 1\n'), undefined, { ...options, fallback: 'PrometheusText0.0.4' }).samples.length,
    1,
  );
  assert.throws(() => parseExposition(Uint8Array.of(0x61, 0xff), 'text/plain', options), /UTF-8/);
  assert.equal(
    acceptHeader(['OpenMetricsText1.0.0', 'PrometheusText0.0.4']),
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
  );
});
