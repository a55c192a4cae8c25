import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import snappy from 'snappyjs';
import { uncompressSnappy } from '#core/bytes/snappy.ts';
import { AppError } from '#core/errors.ts';
import type { RejectedRecord } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';
import { parseStreamLabels } from './stream-labels.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };
const LABELS = { job: 'varlogs', host: 'web-1', level: 'warn', path: 'C:\\a "b"' };
const METADATA = { trace_id: 'abc', user: 'ü' };

function read(encoding: 'json' | 'protobuf', body: Uint8Array) {
  const writer = new RecordingWriter(NOW);
  const reader = plugin.formats?.[`loki-${encoding}`]?.(writer, LIMITS) ?? assert.fail();
  reader.read(body);
  reader.end();
  return writer.records;
}

type Line = readonly [seconds: number, nanoseconds: number, line: string, metadata?: Readonly<Record<string, string>>];

function protobuf(labels: string, lines: readonly Line[]): Uint8Array {
  const writer = new BinaryWriter().tag(1, 2).fork();
  for (const [seconds, nanoseconds, line, metadata = {}] of lines) {
    writer.tag(2, 2).fork().tag(1, 2).fork().tag(1, 0).int64(seconds).tag(2, 0).int32(nanoseconds).join();
    writer.tag(2, 2).string(line);
    for (const [name, value] of Object.entries(metadata)) {
      writer.tag(3, 2).fork().tag(1, 2).string(name).tag(2, 2).string(value).join();
    }
    writer.join();
  }
  writer.tag(1, 2).string(labels).join();
  return snappy.compress(writer.finish());
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

test('both encodings are the same records', () => {
  const fromJson = read(
    'json',
    json({ streams: [{ stream: LABELS, values: [['1795000000123456789', 'one\n', METADATA]] }] }),
  );
  const text = '{job="varlogs", host="web-1",level="warn" , path="C:\\\\a \\"b\\""}';
  const fromProtobuf = read('protobuf', protobuf(text, [[1_795_000_000, 123_456_789, 'one\n', METADATA]]));
  assert.deepEqual(fromProtobuf, fromJson);
  assert.deepEqual(fromJson.logs, [
    {
      t: 1_795_000_000_123.457,
      host: 'web-1',
      service: 'varlogs',
      source: 'loki',
      severity: 13,
      body: 'one\n',
      traceId: 'abc',
      spanId: '',
      attributes: ['trace_id', 'abc', 'user', 'ü'],
      resource: ['job', 'varlogs', 'host', 'web-1', 'level', 'warn', 'path', 'C:\\a "b"'],
    },
  ]);
});

test('labels of streams', () => {
  assert.deepEqual(parseStreamLabels('{}'), []);
  assert.deepEqual(parseStreamLabels(' { a = "x\\ny" , } '), undefined);
  for (const text of ['', 'a="b"', '{a="b"', '{a=b}', '{a="b"} x', '{a="b" c="d"}']) {
    assert.equal(parseStreamLabels(text), undefined, text);
  }
});

test('entries that cannot be read are refused one by one', () => {
  const streams = [
    { stream: { a: 'b' }, values: [['x', 'bad time'], ['1795000000000000000', 'fine'], 'none'] },
    { values: [['1795000000000000000', 'no labels']] },
  ];
  const { logs, rejects } = read('json', json({ streams }));
  assert.deepEqual(
    logs.map(({ body }) => body),
    ['fine'],
  ); // prettier-ignore
  assert.deepEqual(
    rejects.map(({ line, reason }) => `${line} ${reason}`),
    ['1 bad_time', '3 bad_time', '4 bad_key'],
  ); // prettier-ignore
  assert.deepEqual(read('protobuf', protobuf('{broken', [[1, 0, 'x']])).rejects[0]?.reason, 'bad_key');
});

test('what is no push request is refused whole, zip bombs before they are unpacked', () => {
  for (const body of ['', '{}', '[', 'null', '{"streams":{}}']) {
    assert.throws(() => read('json', Buffer.from(body)), AppError, body);
  }
  const bomb = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]), Buffer.alloc(100, 0xfe)]);
  assert.throws(() => read('protobuf', bomb), AppError);
  const whole = protobuf('{a="b"}', [[1_795_000_000, 1, 'line', METADATA]]);
  const message = uncompressSnappy(whole, 2 ** 20);
  for (let cut = 1; cut < message.length; cut++) {
    assert.throws(() => read('protobuf', snappy.compress(message.slice(0, cut))), AppError, `cut at ${cut}`);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const body of [bytes, snappy.compress(bytes)]) {
        try {
          read('protobuf', body);
        } catch (error) {
          assert.ok(error instanceof AppError);
        }
      }
    }),
  );
});

test('answers are those of Loki', () => {
  const [push, ready] = plugin.endpoints ?? [];
  const request = { params: {}, query: {}, headers: { 'content-type': 'application/json; charset=utf-8' } };
  const reply = (rejected: readonly RejectedRecord[]): number | undefined =>
    push?.reply({ accepted: 1, rejectedTotal: rejected.length, rejected }, request).status;
  assert.equal(push?.read?.(request).format, 'loki-json');
  assert.equal(push?.read?.({ ...request, headers: {} }).format, 'loki-protobuf');
  assert.equal(reply([]), 204);
  assert.equal(reply([{ line: 1, reason: 'filtered' }]), 204);
  assert.equal(reply([{ line: 1, reason: 'too_old' }]), 400);
  assert.equal(
    reply([
      { line: 1, reason: 'too_old' },
      { line: 2, reason: 'spool_full' },
    ]),
    429,
  ); // prettier-ignore
  assert.equal(push?.fail?.(new AppError('disk_full', 'x'), request).status, 503);
  assert.equal(ready?.reply({ accepted: 0, rejectedTotal: 0, rejected: [] }, request).body, 'ready\n');
});
