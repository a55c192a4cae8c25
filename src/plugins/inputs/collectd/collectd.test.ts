import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { labelsOfKey } from '#core/model/labels.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { packetReader } from './index.ts';
import { jsonListsReader } from './json-lists.ts';

const NOW = 1_795_000_000_123;
const AT = 1_795_000_000_500;
const LIMITS = { maxLineBytes: 0, maxFrameBytes: 0 };

function read(factory: ReaderFactory, bytes: Uint8Array) {
  const writer = new RecordingWriter(NOW);
  const reader = factory(writer, LIMITS);
  reader.read(bytes);
  reader.end();
  const { samples, rejects } = writer.records;
  return { samples: samples.map(({ key, t, v }) => [{ ...labelsOfKey(key) }, t, v]), rejects };
}

function part(type: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(4 + body.length, 2);
  return Buffer.concat([header, body]);
}

const text = (type: number, value: string) => part(type, Buffer.from(`${value}\0`));

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt.asIntN(64, value));
  return bytes;
}

function f64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function values(...pairs: readonly (readonly [kind: number, bytes: Buffer])[]): Buffer {
  const head = Buffer.from([0, pairs.length, ...pairs.map(([kind]) => kind)]);
  return part(6, Buffer.concat([head, ...pairs.map(([, bytes]) => bytes)]));
}

const HIGH_RESOLUTION = part(8, u64((BigInt(AT) << 30n) / 1_000n));

test('parts hold for what follows; names and labels are those of the Prometheus exporter', () => {
  const packet = Buffer.concat([
    ...[text(0, 'web-1'), HIGH_RESOLUTION, text(2, 'interface'), text(3, 'eth0'), text(4, 'if_octets')],
    values([2, u64(5n)], [2, u64(-6n)]),
    ...[text(2, 'cpu'), text(3, '0'), text(4, 'cpu'), text(5, 'idle'), values([0, u64(2n ** 63n)])],
    ...[text(2, 'load'), text(3, ''), text(4, 'load'), text(5, ''), part(1, u64(1_795_000_000n))],
    values([1, f64(0.5)], [1, f64(1)], [1, f64(Number.NaN)]),
    ...[text(2, 'df'), text(4, 'df_complex'), text(5, 'used'), values([1, f64(7)])],
    ...[text(2, 'x'), text(4, 'unknown'), text(5, ''), values([3, u64(1n)], [3, u64(2n)])],
    part(0x100, Buffer.from('a notification\0')),
  ]);
  const host = 'web-1';
  const second = 1_795_000_000_000;
  assert.deepEqual(read(packetReader, packet), {
    samples: [
      [{ __name__: 'collectd_interface_if_octets_rx_total', host, interface: 'eth0' }, AT, 5],
      [{ __name__: 'collectd_interface_if_octets_tx_total', host, interface: 'eth0' }, AT, -6],
      [{ __name__: 'collectd_cpu_total', cpu: '0', host, type: 'idle' }, AT, 2 ** 63],
      [{ __name__: 'collectd_load_shortterm', host }, second, 0.5],
      [{ __name__: 'collectd_load_midterm', host }, second, 1],
      [{ __name__: 'collectd_df_df_complex', df: 'used', host }, second, 7],
      [{ __name__: 'collectd_x_unknown_0', host }, second, 1],
      [{ __name__: 'collectd_x_unknown_1', host }, second, 2],
    ],
    rejects: [{ line: 6, reason: 'nan', detail: 'load/load has no value' }],
  });
});

test('what cannot be read ends the packet and is counted; what came before is kept', () => {
  const good = Buffer.concat([text(0, 'h'), text(2, 'p'), text(4, 'gauge'), values([1, f64(1)])]);
  const broken = {
    'a part without its header': Buffer.from([0]),
    'a part longer than the packet': Buffer.from([0, 0, 255, 0, 1]),
    'a text without its end': part(2, Buffer.from('abc')),
    'a time of another size': part(1, Buffer.from([1])),
    'values of another size': part(6, Buffer.from([0, 2, 1])),
    'a value of an unknown kind': values([9, f64(1)]),
    'it is signed or encrypted, which is not supported': part(0x200, Buffer.alloc(36)),
  };
  for (const [detail, bytes] of Object.entries(broken)) {
    const { samples, rejects } = read(
      packetReader,
      Buffer.concat(bytes.length < 4 ? [good, bytes] : [good, bytes, good]),
    );
    assert.equal(samples.length, 1, detail);
    assert.deepEqual(rejects, [{ line: 1, reason: 'bad_frame', detail }]);
  }
});

test('any bytes are taken or counted, never thrown', () => {
  const good = Buffer.concat([text(0, 'h'), text(2, 'p'), text(4, 'load'), values([1, f64(1)], [1, f64(2)])]);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      assert.doesNotThrow(() => read(packetReader, bytes));
    }),
    { numRuns: 2_000 },
  );
});

test('write_http: names come with the values', () => {
  const list = {
    ...{ values: [1, null], dstypes: ['derive', 'gauge'], dsnames: ['a', 'value'], time: AT / 1_000, interval: 10 },
    ...{
      host: 'h',
      plugin: 'p',
      plugin_instance: '',
      type: 't',
      type_instance: 'i',
      meta: { 'network:received': true },
    },
  };
  const body = Buffer.from(JSON.stringify([list, { ...list, dsnames: [] }, 5]));
  const { samples, rejects } = read(jsonListsReader, body);
  assert.deepEqual(samples, [[{ __name__: 'collectd_p_t_a_total', host: 'h', p: 'i' }, AT, 1]]);
  assert.deepEqual(
    rejects.map(({ line, reason }) => [line, reason]),
    [
      [2, 'nan'],
      [3, 'bad_line'],
      [4, 'bad_line'],
    ],
  );
  assert.throws(() => read(jsonListsReader, Buffer.from('PUTVAL x')), /Format "JSON"/);
  assert.throws(() => read(jsonListsReader, Buffer.from('{}')), /no array/);
});
