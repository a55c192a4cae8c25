import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ReaderFactory, RejectedRecord } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';
import { bodyReader, datagramReader, streamReader } from './readers.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };

/** The example of the specification. */
const EXAMPLE = {
  version: '1.1',
  host: 'example.org',
  short_message: 'A short message',
  full_message: 'Backtrace here\n\nmore stuff',
  timestamp: 1_385_053_862.3072,
  level: 1,
  _user_id: 9001,
  _some_info: 'foo',
  _container_name: 'web',
};

class Clock extends RecordingWriter {
  at = NOW;
  override now(): number {
    return this.at;
  }
}

function open(factory: ReaderFactory) {
  const writer = new Clock(NOW);
  writer.address = '192.0.2.1';
  const reader = factory(writer, LIMITS);
  const send = (bytes: Uint8Array | string): void => {
    assert.equal(reader.read(Buffer.from(bytes as string)), true);
    if (factory !== streamReader) reader.end();
  };
  return { writer, reader, send, ...writer.records };
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

function chunksOf(message: Uint8Array, id: number, count: number): Buffer[] {
  const size = Math.ceil(message.length / count);
  return Array.from({ length: count }, (_, i) => {
    const head = Buffer.from([0x1e, 0x0f, 0, 0, 0, 0, 0, 0, 0, id, i, count]);
    return Buffer.concat([head, message.subarray(i * size, (i + 1) * size)]);
  });
}

const EXPECTED = {
  ...{ t: 1_385_053_862_307.2, severity: 21, host: 'example.org', service: 'web', source: 'gelf' },
  body: 'Backtrace here\n\nmore stuff',
  attributes: [
    ...['user_id', '9001', 'some_info', 'foo', 'gelf.short_message', 'A short message', 'source.address', '192.0.2.1'],
  ],
};

test('a message by every way', () => {
  const message = json(EXAMPLE);
  const udp = open(datagramReader);
  for (const packed of [message, gzipSync(message), deflateSync(message)]) udp.send(packed);
  for (const chunk of chunksOf(gzipSync(message), 1, 7).reverse()) udp.send(chunk);
  const tcp = open(streamReader);
  for (const byte of Buffer.concat([message, Buffer.from('\0\0'), message])) tcp.send(Buffer.from([byte]));
  tcp.reader.end();
  const http = open(bodyReader);
  http.send(message);
  assert.deepEqual([...udp.rejects, ...tcp.rejects, ...http.rejects], []);
  assert.deepEqual(
    [...udp.logs, ...tcp.logs, ...http.logs],
    Array.from({ length: 7 }, () => EXPECTED),
  );
});

test('a message that says little', () => {
  const { send, logs } = open(datagramReader);
  send('{"short_message":"m","level":"x","timestamp":"soon","extra":{"a":1}}');
  assert.deepEqual(logs, [
    ...[{ severity: 0, host: '', service: '', source: 'gelf', body: 'm' }].map((log) => {
      return { ...log, attributes: ['extra.a', '1', 'source.address', '192.0.2.1'] };
    }),
  ]);
});

test('chunks of several senders come mixed, twice, and late', () => {
  const { writer, send, logs, rejects } = open(datagramReader);
  const [a1, a2] = chunksOf(json({ short_message: 'a' }), 1, 2);
  const [b1, b2] = chunksOf(json({ short_message: 'b' }), 1, 2);
  for (const [chunk, from] of [
    [a1, '1'],
    [b1, '2'],
    [a1, '1'],
    [b2, '2'],
    [a2, '1'],
  ] as const) {
    writer.address = from;
    send(chunk ?? '');
  }
  assert.deepEqual(
    logs.map(({ body }) => body),
    ['b', 'a'],
  ); // prettier-ignore
  send(a1 ?? '');
  writer.at += 5_000;
  send(b1 ?? '');
  assert.deepEqual(rejects, [{ line: 1, reason: 'bad_frame', detail: 'chunks of the message did not come' }]);
});

test('half messages take bounded memory and are counted', () => {
  const { send, rejects } = open(datagramReader);
  const part = Buffer.alloc(8_000);
  for (let i = 0; i < 5_000; i++) {
    const head = Buffer.from([0x1e, 0x0f, 0, 0, 0, 0, 0, 0, i >> 8, i & 255, 0, 2]);
    send(Buffer.concat([head, part]));
  }
  assert.equal(rejects.length, 4_000);
});

test('what is broken, too long or a bomb is refused and counted', () => {
  const udp = open(datagramReader);
  const bomb = gzipSync(Buffer.alloc(20 * 2 ** 20));
  for (const bytes of [bomb, gzipSync('{}').subarray(0, 12), 'no json', '[]', '\x1e\x0f', '']) udp.send(bytes);
  for (const [sequence, count] of [
    [0, 0],
    [0, 129],
    [2, 2],
  ] as const) {
    udp.send(Buffer.from([0x1e, 0x0f, 1, 1, 1, 1, 1, 1, 1, 1, sequence, count, 1]));
  }
  assert.deepEqual(
    udp.rejects.map(({ reason }) => reason),
    [
      ...Array(2).fill('bad_frame'),
      ...Array(2).fill('bad_line'),
      'bad_frame',
      'bad_line',
      ...Array(3).fill('bad_frame'),
    ],
  );
  const tcp = open(streamReader);
  tcp.send(`${'x'.repeat(2 ** 21)}\0{"short_message":"after"}\0`);
  assert.deepEqual(
    tcp.rejects.map(({ reason }) => reason),
    ['too_long'],
  ); // prettier-ignore
  assert.equal(tcp.logs[0]?.body, 'after');
});

test('any datagram is a message or refused', () => {
  const start = fc.constantFrom([], [0x1e, 0x0f], [0x1f, 0x8b], [0x78, 0x9c]);
  fc.assert(
    fc.property(fc.array(fc.tuple(start, fc.uint8Array({ maxLength: 60 }))), (datagrams) => {
      const { send } = open(datagramReader);
      for (const [head, rest] of datagrams) send(Buffer.from([...head, ...rest]));
    }),
  );
});

test('answers over HTTP', () => {
  const [endpoint] = plugin.endpoints ?? [];
  const reply = (rejected: readonly RejectedRecord[]): number | undefined => {
    const answer = { accepted: 1, rejectedTotal: rejected.length, rejected };
    return endpoint?.reply(answer, { params: {}, query: {}, headers: {} }).status;
  };
  const statuses = [[], [{ line: 1, reason: 'filtered' as const }], [{ line: 1, reason: 'bad_line' as const }]].map(
    reply,
  );
  assert.deepEqual([...statuses, reply([{ line: 1, reason: 'spool_full' }])], [202, 202, 400, 503]);
});
