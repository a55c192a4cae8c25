import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { lumberjackReader } from './reader.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };

function frame(head: string, ...parts: readonly (number | Uint8Array)[]): Buffer {
  const bytes = parts.map((part) => {
    if (typeof part !== 'number') return part;
    const number = Buffer.alloc(4);
    number.writeUInt32BE(part);
    return number;
  });
  return Buffer.concat([Buffer.from(head), ...bytes]);
}

const window = (size: number): Buffer => frame('2W', size);
const packed = (...frames: readonly Buffer[]): Buffer => {
  const bytes = deflateSync(Buffer.concat(frames));
  return frame('2C', bytes.length, bytes);
};
const sized = (text: string): Buffer => frame('', Buffer.byteLength(text), Buffer.from(text));
const json = (sequence: number, value: unknown): Buffer => {
  return frame('2J', sequence, sized(typeof value === 'string' ? value : JSON.stringify(value)));
};

/** `acks` are those that were sent; `settle` is the disk. */
function connect() {
  const writer = new RecordingWriter(NOW);
  const acks: string[] = [];
  const waiting: (() => void)[] = [];
  const peer = {
    send: (bytes: Uint8Array) => void acks.push(Buffer.from(bytes).toString('latin1')),
    whenDurable: (then: () => void) => void waiting.push(then),
  };
  const settle = (): void => {
    for (const then of waiting.splice(0)) then();
  };
  return { reader: lumberjackReader(writer, LIMITS, peer), records: writer.records, acks, settle };
}

const EVENT = {
  '@timestamp': '2026-11-25T11:59:00.000Z',
  '@metadata': { beat: 'filebeat' },
  message: 'm',
  a: { b: 1 },
};

test('a window is acknowledged once it is durable, not before', () => {
  const { reader, records, acks, settle } = connect();
  assert.equal(reader.read(Buffer.concat([window(3), json(1, EVENT), json(2, EVENT)])), true);
  settle();
  assert.deepEqual(acks, []);
  assert.equal(reader.read(packed(json(3, EVENT))), true);
  assert.deepEqual(acks, []);
  settle();
  assert.deepEqual(acks, ['2A\0\0\0\x03']);
  assert.deepEqual(records.logs[2], {
    t: Date.parse('2026-11-25T11:59:00Z'),
    ...{
      body: 'm',
      host: '',
      service: '',
      traceId: '',
      spanId: '',
      source: 'beats:filebeat',
      attributes: ['a.b', '1'],
    },
  });
});

test('a compressed window as Beats send it, and the pairs of version 1', () => {
  const { reader, records, acks, settle } = connect();
  reader.read(Buffer.concat([window(2), packed(json(1, EVENT), json(2, { message: 'ü' }))]));
  reader.read(
    Buffer.concat([frame('1W', 1), frame('1D', 7, 2, sized('line'), sized('old'), sized('file'), sized('/a'))]),
  );
  settle();
  assert.deepEqual(acks, ['2A\0\0\0\x02', '1A\0\0\0\x07']);
  assert.deepEqual(
    records.logs.map(({ body, attributes }) => [body, attributes]),
    [
      ['m', ['a.b', '1']],
      ['ü', []],
      ['old', ['file', '/a']],
    ],
  );
});

test('events that cannot be taken are counted and acknowledged: else they would come for ever', () => {
  const { reader, records, acks, settle } = connect();
  const long = { message: 'x'.repeat(2 ** 21) };
  reader.read(Buffer.concat([window(4), json(1, '{"a":'), json(2, '[]'), json(3, long), json(4, EVENT)]));
  settle();
  assert.deepEqual(acks, ['2A\0\0\0\x04']);
  assert.equal(records.logs.length, 1);
  assert.deepEqual(
    records.rejects.map(({ line, reason }) => `${line} ${reason}`),
    ['1 bad_line', '2 bad_line', '3 too_long'],
  );
});

test('where the stream is cut makes no difference', () => {
  const bytes = Buffer.concat([
    ...[window(1), packed(json(1, EVENT)), window(2), json(1, EVENT)],
    ...[json(2, EVENT), frame('1D', 1, 1, sized('line'), sized('one'))],
  ]);
  const whole = connect();
  whole.reader.read(bytes);
  for (const size of [1, 3, 7, 50]) {
    const { reader, records } = connect();
    for (let at = 0; at < bytes.length; at += size) assert.equal(reader.read(bytes.subarray(at, at + size)), true);
    assert.deepEqual(records, whole.records, `pieces of ${size}`);
    assert.equal(records.logs.length, 4);
  }
});

const BROKEN: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['no version', Buffer.from('GET / HTTP/1.1')],
  ['an unknown type', frame('2Z', 1)],
  ['a frame of 4 GB', frame('2J', 1, 0xffff_ffff)],
  ['a compressed frame of 4 GB', frame('2C', 0xffff_ffff)],
  ['4 billion fields', frame('2D', 1, 0xffff_ffff)],
  ['bytes that are not compressed', frame('2C', 4, 1)],
  ['a bomb', packed(Buffer.alloc(40 * 2 ** 20))],
  ['a frame within a compressed one that ends early', packed(json(1, EVENT).subarray(0, 30))],
  ['a compressed frame in a compressed one', packed(packed(json(1, EVENT)))],
];

test('a broken stream is ended, and counted', () => {
  for (const [what, bytes] of BROKEN) {
    const { reader, records } = connect();
    assert.equal(reader.read(bytes), false, what);
    assert.deepEqual(
      records.rejects.map(({ reason }) => reason),
      ['bad_frame'],
      what,
    ); // prettier-ignore
  }
});

test('any bytes are read or end the stream', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constantFrom(window(2), json(1, EVENT), packed(json(1, {})), frame('2D', 1, 1), Buffer.from('2J')),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const { reader } = connect();
      for (const bytes of pieces) if (!reader.read(bytes)) break;
      reader.end();
    }),
  );
});
