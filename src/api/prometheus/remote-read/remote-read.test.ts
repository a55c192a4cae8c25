import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { decodeReadRequest } from './remote-read.ts';
import { encodeReadResponse } from './sampled-response.ts';

function readRequest(matchers: readonly [type: number, name: string, value: string][]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int64(-5).tag(2, WireType.Varint).int64(1_700_000_000_000);
  for (const [type, name, value] of matchers) {
    writer.tag(3, WireType.LengthDelimited).fork();
    if (type > 0) writer.tag(1, WireType.Varint).int32(type);
    writer.tag(2, WireType.LengthDelimited).string(name).tag(3, WireType.LengthDelimited).string(value).join();
  }
  writer.tag(4, WireType.LengthDelimited).bytes(new Uint8Array(3)).join();
  return writer.tag(2, WireType.LengthDelimited).bytes(Uint8Array.of(7, 1)).tag(2, WireType.Varint).int32(0).finish();
}

test('the queries of a request are read, what is unknown is passed over', () => {
  const bytes = readRequest([
    [0, '__name__', 'up'],
    [3, 'job', 'a.*'],
  ]);
  const { queries, accepted } = decodeReadRequest(bytes);
  assert.deepEqual(accepted, ['chunks', 'samples']);
  assert.deepEqual(queries, [
    {
      interval: { from: -5, to: 1_700_000_000_000 },
      matchers: [
        { label: '__name__', op: '=', value: 'up' },
        { label: 'job', op: '!~', value: 'a.*' },
      ],
    },
  ]);
  for (const broken of [Uint8Array.of(10, 200), readRequest([[9, 'a', 'b']])])
    assert.throws(() => decodeReadRequest(broken), { code: 'bad_request' });
});

test('samples are answered with their labels sorted, stale markers bit for bit', async () => {
  const v = Float64Array.of(1.5, 0);
  new BigUint64Array(v.buffer)[1] = 0x7ff0000000000002n;
  const labels = { job: 'a', __name__: 'up' };
  const bytes = await encodeReadResponse([[{ labels, samples: { t: Float64Array.of(1000, 2000), v } }], []]);
  const results = messages(bytes).map(([, result]) => result);
  assert.equal(results.length, 2);
  assert.equal(results[1]!.length, 0);
  const [, series] = messages(results[0]!)[0]!;
  const fields = messages(series);
  assert.deepEqual(
    fields
      .filter(([field]) => field === 1)
      .map(([, pair]) => messages(pair).map(([, text]) => Buffer.from(text).toString())),
    [
      ['__name__', 'up'],
      ['job', 'a'],
    ],
  );
  const samples = fields.filter(([field]) => field === 2).map(([, sample]) => new BinaryReader(sample));
  const points = samples.map((reader) => {
    reader.tag();
    const bits = BigInt(reader.fixed64());
    reader.tag();
    return [bits, Number(reader.int64())];
  });
  assert.deepEqual(points, [
    [0x3ff8000000000000n, 1000],
    [0x7ff0000000000002n, 2000],
  ]);
});

function messages(bytes: Uint8Array): [field: number, body: Uint8Array][] {
  const reader = new BinaryReader(bytes);
  const found: [number, Uint8Array][] = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    found.push([field, reader.bytes()]);
  }
  return found;
}
