import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import type { RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';
import { influxEndpoints } from './endpoints.ts';

const NONE: WriteAnswer = { accepted: 0, rejectedTotal: 0, rejected: [] };

function endpoint(method: string, path: string) {
  return (
    influxEndpoints.find((one) => one.method === method && one.path === path) ?? assert.fail(`no ${method} ${path}`)
  );
}

function answer(path: string, rejected: readonly RejectedRecord[], query = {}, method = 'POST') {
  const given = { accepted: 1, rejectedTotal: rejected.length, rejected };
  const { status, headers = {}, body } = endpoint(method, path).reply(given, { params: {}, query, headers: {} });
  return { status, headers, body: typeof body === 'string' ? JSON.parse(body) : undefined };
}

const BAD: RejectedRecord = { line: 2, reason: 'bad_value', detail: 'a field value that is none, or out of range' };
const OLD: RejectedRecord = { line: 3, reason: 'too_old' };

test('what is taken whole is answered with 204', () => {
  assert.equal(answer('/write', []).status, 204);
  assert.equal(answer('/api/v2/write', []).status, 204);
});

test('a partial write names lines and reasons in the shape of the version', () => {
  const message = 'partial write: line 2: bad_value (a field value that is none, or out of range) dropped=2';
  const v1 = answer('/write', [BAD, OLD]);
  assert.deepEqual([v1.status, v1.body], [400, { error: message }]);
  const v2 = answer('/api/v2/write', [BAD, OLD]);
  assert.deepEqual([v2.status, v2.body], [400, { code: 'invalid', message, line: 2 }]);
});

test('the path of the API answers with the refused lines as they are', () => {
  const { status, body } = answer('/api/ingest/influx', [BAD]);
  assert.deepEqual([status, body], [200, { accepted: 1, rejectedTotal: 1, rejected: [BAD] }]);
});

test('points outside the accepted times fail no write, and are named', () => {
  const { status, headers } = answer('/write', [OLD]);
  assert.deepEqual([status, headers['x-nocmate-dropped']], [204, '1; line 3: too_old']);
});

test('the query names the precision', () => {
  const read = (query: Record<string, string>) => endpoint('POST', '/write').read?.({ params: {}, query, headers: {} });
  assert.deepEqual(read({ db: 'x', rp: 'y', precision: 'ms' }), { format: 'influx', options: { precision: 'ms' } });
  assert.deepEqual(read({ org: 'x', bucket: 'y' }), { format: 'influx', options: {} });
});

test('errors have the shape of the version', () => {
  const error = new AppError('disk_full', 'no space');
  const request = { params: {}, query: {}, headers: {} };
  const v1 = endpoint('POST', '/write').fail?.(error, request);
  assert.deepEqual([v1?.status, v1?.body], [507, '{"error":"no space"}']);
  const v2 = endpoint('POST', '/api/v2/write').fail?.(error, request);
  assert.deepEqual([v2?.status, v2?.body], [507, '{"code":"unavailable","message":"no space"}']);
});

test('what clients ask before they write is answered', () => {
  const ping = endpoint('GET', '/ping').reply(NONE, { params: {}, query: {}, headers: {} });
  assert.equal(ping.status, 204);
  assert.ok(ping.headers?.['x-influxdb-version']);
  assert.equal(answer('/health', [], {}, 'GET').body.status, 'pass');
  const created = { results: [{ statement_id: 0 }] };
  assert.deepEqual(answer('/query', []).body, created);
  assert.deepEqual(answer('/query', [], { q: 'CREATE DATABASE "telegraf"' }).body, created);
  assert.deepEqual(answer('/query', [], { q: 'SHOW DATABASES' }, 'GET').body.results[0].series[0].values, [
    ['nocmate'],
  ]);
  assert.equal(answer('/query', [], { q: 'SELECT * FROM cpu' }, 'GET').status, 400);
});
