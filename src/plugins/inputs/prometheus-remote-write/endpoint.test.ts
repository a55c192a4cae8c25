import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import type { EndpointRequest, WriteAnswer } from '#core/plugin/input.ts';
import plugin from './index.ts';

const endpoint = plugin.endpoints?.[0] ?? assert.fail('no endpoint');
const request = (headers: EndpointRequest['headers']): EndpointRequest => ({ params: {}, query: {}, headers });
const V1 = request({ 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' });
const V2 = request({
  'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
  'content-encoding': 'snappy',
});
const formatOf = (headers: EndpointRequest['headers']): string | undefined => endpoint.read?.(request(headers)).format;

test('the content type says which message it is', () => {
  const cases: readonly (readonly [EndpointRequest['headers'], string])[] = [
    [V1.headers, 'remote-write-1'],
    [V2.headers, 'remote-write-2'],
    [{}, 'remote-write-1'],
    [{ 'content-type': 'application/x-protobuf; proto=prometheus.WriteRequest' }, 'remote-write-1'],
    [{ 'content-type': 'application/x-protobuf; proto="io.prometheus.write.v2.Request"' }, 'remote-write-2'],
  ];
  for (const [headers, format] of cases) {
    assert.equal(formatOf(headers), format);
    assert.ok(plugin.formats?.[format] !== undefined);
  }
});

test('other types and encodings are 415', () => {
  const cases: readonly EndpointRequest['headers'][] = [
    { 'content-type': 'application/json' },
    { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v3.Request' },
    { ...V1.headers, 'content-encoding': 'zstd' },
  ];
  for (const headers of cases) {
    assert.throws(
      () => formatOf(headers),
      (e) => e instanceof AppError && e.status === 415,
    );
  }
});

test('204 when everything was taken; 2.0 is told what was written', () => {
  const answer: WriteAnswer = {
    accepted: 7,
    rejectedTotal: 0,
    rejected: [],
    counts: { samples: 4, histograms: 3, exemplars: 2 },
  };
  assert.deepEqual(endpoint.reply(answer, V1), { status: 204, headers: {} });
  assert.deepEqual(endpoint.reply(answer, V2), {
    status: 204,
    headers: {
      'x-prometheus-remote-write-samples-written': '4',
      'x-prometheus-remote-write-histograms-written': '3',
      'x-prometheus-remote-write-exemplars-written': '2',
    },
  });
});

test('400 names what was refused, 2.0 says what was written beside it', () => {
  const rejected = Array.from({ length: 12 }, (_, i) => ({
    line: i + 1,
    reason: 'bad_key' as const,
    detail: `x${i}{}`,
  }));
  const answer: WriteAnswer = { accepted: 3, rejectedTotal: 12, rejected };
  const reply = endpoint.reply(answer, V2);
  assert.equal(reply.status, 400);
  assert.equal(reply.headers?.['x-prometheus-remote-write-samples-written'], '3');
  const lines = String(reply.body).trimEnd().split('\n');
  assert.deepEqual(
    [lines[0], lines[1], lines.at(-1)],
    ['12 refused, 3 stored:', 'series 1 of the request: bad_key: x0{}', 'and 2 more'],
  );
  assert.equal(lines.length, 12);
});

test('no room is a reason to send again', () => {
  const answer: WriteAnswer = { accepted: 0, rejectedTotal: 1, rejected: [{ line: 1, reason: 'spool_full' }] };
  assert.equal(endpoint.reply(answer, V1).status, 503);
  const failure = endpoint.fail?.(new AppError('unavailable', 'send again later'), V1);
  assert.deepEqual([failure?.status, failure?.body], [503, 'send again later\n']);
});
