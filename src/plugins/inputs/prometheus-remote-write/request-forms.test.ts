import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { canonicalKey } from '#core/model/labels.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { remoteWrite1Reader, remoteWrite2Reader } from './reader.ts';
import { encodeRequest1, encodeRequest2 } from './testing/encode-request.ts';

const T = 1_795_000_000_000;
const LIMITS = { maxLineBytes: 1, maxFrameBytes: 1 };

function read(factory: ReaderFactory, body: Uint8Array): RecordingWriter['records'] {
  const writer = new RecordingWriter(T);
  factory(writer, LIMITS).read(body);
  return writer.records;
}

const label = (w: BinaryWriter, name: string, value: string): BinaryWriter =>
  w.tag(1, 2).fork().tag(1, 2).string(name).tag(2, 2).string(value).join();
const sample = (w: BinaryWriter, v: number): BinaryWriter =>
  w.tag(2, 2).fork().tag(1, 1).double(v).tag(2, 0).int64(T).join();

test('1.0: a golden request, byte by byte', () => {
  const hex = [
    '0a 2c', // WriteRequest.timeseries
    '0a 0e 0a 08 5f5f6e616d655f5f 12 02 7570', // Label __name__="up"
    '0a 08 0a 03 6a6f62 12 01 61', // Label job="a"
    '12 10 09 000000000000f03f 10 80bcd9f29e34', // Sample 1 @ 1795000000000
  ];
  const body = Buffer.from(hex.join('').replaceAll(' ', ''), 'hex');
  const { samples } = read(remoteWrite1Reader, compress(body));
  assert.deepEqual(samples, [{ key: canonicalKey({ __name__: 'up', job: 'a' }), t: T, v: 1 }]);
});

test('1.0: labels after and between samples name all of them', () => {
  const writer = new BinaryWriter().tag(1, 2).fork();
  label(sample(label(sample(writer, 1), '__name__', 'm'), 2), 'a', 'b').join();
  const { samples } = read(remoteWrite1Reader, compress(writer.finish()));
  const key = canonicalKey({ __name__: 'm', a: 'b' });
  assert.deepEqual(
    samples,
    [1, 2].map((v) => ({ key, t: T, v })),
  );
});

test('1.0: unknown fields at every level are stepped over', () => {
  const writer = new BinaryWriter().tag(9, 2).string('new').tag(1, 2).fork();
  label(writer, '__name__', 'm').tag(9, 0).int32(1);
  sample(writer, 1).tag(10, 1).double(2).join();
  assert.equal(read(remoteWrite1Reader, compress(writer.finish())).samples.length, 1);
});

test('1.0: metadata of every type', () => {
  const types = ['unknown', 'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset'] as const;
  const metadata = types.map((type) => ({ metric: `m_${type}`, type, unit: 'seconds', help: `Help für ${type}.` }));
  assert.deepEqual(read(remoteWrite1Reader, encodeRequest1({ series: [], metadata })).metadata, metadata);
});

test('2.0: metadata is told once per metric, without the suffixes of its series', () => {
  const histogram = { type: 'histogram', unit: 'seconds', help: 'How long.' } as const;
  const series = [
    ...['h_bucket', 'h_bucket', 'h_sum'].map((name) => ({
      labels: [['__name__', name]] as const,
      metadata: histogram,
    })),
    { labels: [['__name__', 'c_total']] as const, metadata: { type: 'counter', unit: '', help: 'Count.' } as const },
    { labels: [['__name__', 'quiet']] as const, metadata: { type: 'unknown', unit: '', help: '' } as const },
  ];
  assert.deepEqual(read(remoteWrite2Reader, encodeRequest2({ series })).metadata, [
    { metric: 'h', ...histogram },
    { metric: 'h', ...histogram },
    { metric: 'c_total', type: 'counter', unit: '', help: 'Count.' },
  ]);
});

test('2.0: symbols after the series, unpacked references', () => {
  const writer = new BinaryWriter().tag(5, 2).fork().tag(1, 0).uint32(1).tag(1, 0).uint32(2);
  sample(writer, 5).join();
  for (const symbol of ['', '__name__', 'm']) writer.tag(4, 2).string(symbol);
  assert.deepEqual(read(remoteWrite2Reader, compress(writer.finish())).samples, [{ key: 'm', t: T, v: 5 }]);
});

test('2.0: references to no symbol and names without a value are bad requests', () => {
  for (const refs of [
    [1, 9],
    [9, 2],
    [1, 2, 1],
  ]) {
    const writer = new BinaryWriter();
    for (const symbol of ['', '__name__', 'm']) writer.tag(4, 2).string(symbol);
    writer.tag(5, 2).fork().tag(1, 2).fork();
    for (const ref of refs) writer.uint32(ref);
    sample(writer.join(), 1).join();
    assert.throws(() => read(remoteWrite2Reader, compress(writer.finish())), { code: 'bad_request' });
  }
});

test('2.0: a series has the key bytes that 1.0 sends', () => {
  const labels = [
    ['__name__', 'm'],
    ['long', 'x'.repeat(40_000)],
    ['a', 'ü'],
  ] as const;
  const keys = [remoteWrite1Reader(...spy()), remoteWrite2Reader(...spy())];
  const request = { series: [{ labels, samples: [[T, 1]] as const }] };
  keys[0]?.read(encodeRequest1(request));
  keys[1]?.read(encodeRequest2(request));
  assert.equal(seen.length, 2);
  assert.deepEqual(seen[0], seen[1]);
});

const seen: Buffer[] = [];
function spy(): [RecordingWriter, typeof LIMITS] {
  const writer = new RecordingWriter(T);
  writer.sample = (bytes, from, to) => void seen.push(Buffer.from(bytes.subarray(from, to)));
  return [writer, LIMITS];
}
