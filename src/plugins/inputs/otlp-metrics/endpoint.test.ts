import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { AppError } from '#core/errors.ts';
import type { EndpointReply, EndpointRequest, RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';
import plugin from './index.ts';

const endpoint = plugin.endpoints?.[0] ?? assert.fail('no endpoint');
const request = (type: string, query: EndpointRequest['query'] = {}): EndpointRequest => {
  return { params: {}, query, headers: { 'content-type': type } };
};
const PROTOBUF = request('application/x-protobuf');
const JSON_REQUEST = request('application/json; charset=utf-8');

function answerOf(rejected: readonly RejectedRecord[], rejectedTotal = rejected.length): WriteAnswer {
  return { accepted: 1, rejectedTotal, rejected };
}

/** Varints and texts of a message by field number; messages inside as bytes. */
function fieldsOf(bytes: Uint8Array): Map<number, number | Uint8Array> {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, number | Uint8Array>();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    fields.set(field, type === WireType.Varint ? Number(reader.int64()) : reader.bytes());
  }
  return fields;
}

function bytesOf(reply: EndpointReply | undefined): Uint8Array {
  return reply?.body instanceof Uint8Array ? reply.body : assert.fail('the body is not binary');
}

test('both paths read both encodings, with the translation of the query', () => {
  assert.deepEqual(
    plugin.endpoints?.map(({ path }) => path),
    ['/v1/metrics', '/api/v1/otlp/v1/metrics'],
  );
  for (const [asked, format, translation] of [
    [PROTOBUF, 'otlp-metrics-protobuf', 'underscores'],
    [JSON_REQUEST, 'otlp-metrics-json', 'underscores'],
    [request('application/json', { translation: 'utf8' }), 'otlp-metrics-json', 'utf8'],
  ] as const) {
    assert.deepEqual(endpoint.read?.(asked), { format, options: { translation } });
    assert.ok(plugin.formats?.[format] !== undefined);
  }
});

test('other types are 415, other translations 400', () => {
  const isStatus = (status: number) => (e: unknown) => e instanceof AppError && e.status === status;
  assert.throws(() => endpoint.read?.(request('text/plain')), isStatus(415));
  assert.throws(() => endpoint.read?.(request('application/json', { translation: 'x' })), isStatus(400));
});

test('all taken: an empty response', () => {
  const json = endpoint.reply(answerOf([]), JSON_REQUEST);
  assert.deepEqual([json.status, json.headers?.['content-type'], json.body], [200, 'application/json', '{}']);
  const protobuf = endpoint.reply(answerOf([]), PROTOBUF);
  assert.deepEqual([protobuf.status, bytesOf(protobuf).length], [200, 0]);
});

test('partial success counts data points, not their series, and says each reason once', () => {
  const rejected = [1, 1, 1, 4].map((line) => ({ line, reason: 'bad_value' as const, detail: 'm: delta' }));
  const json = endpoint.reply(answerOf(rejected), JSON_REQUEST);
  const partialSuccess = { rejectedDataPoints: '2', errorMessage: 'bad_value: m: delta' };
  assert.deepEqual(JSON.parse(String(json.body)), { partialSuccess });
  const outer = fieldsOf(bytesOf(endpoint.reply(answerOf(rejected), PROTOBUF)));
  const inner = fieldsOf(outer.get(1) as Uint8Array);
  assert.equal(inner.get(1), 2);
  assert.equal(Buffer.from(inner.get(2) as Uint8Array).toString(), 'bad_value: m: delta');
});

test('more than is listed is counted, and said', () => {
  const json = endpoint.reply(answerOf([{ line: 1, reason: 'series_limit' }], 500), JSON_REQUEST);
  assert.deepEqual(JSON.parse(String(json.body)), {
    partialSuccess: { rejectedDataPoints: '500', errorMessage: 'series_limit; and more, 500 records in all' },
  });
});

test('failures have a status message in the encoding of the request, and a status that senders know', () => {
  const cases = [
    [new AppError('bad_request', 'broken'), 400, 3],
    [new AppError('disk_full', 'no room'), 503, 14],
    [new AppError('too_many_requests', 'slower'), 429, 14],
    [new AppError('internal', 'fault'), 500, 2],
  ] as const;
  for (const [error, status, code] of cases) {
    const json = endpoint.fail?.(error, JSON_REQUEST);
    assert.deepEqual([json?.status, JSON.parse(String(json?.body))], [status, { code, message: error.message }]);
    assert.equal(fieldsOf(bytesOf(endpoint.fail?.(error, PROTOBUF))).get(1), code);
  }
  assert.equal(endpoint.reply(answerOf([{ line: 1, reason: 'spool_full' }]), PROTOBUF).status, 503);
});
