import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import type { WriteAnswer } from '#core/plugin/input.ts';
import type { RouteRequest } from '#core/route.ts';
import { ingestRoutes } from './index.ts';

const ANSWER: WriteAnswer = { accepted: 1, rejectedTotal: 1, rejected: [{ line: 2, reason: 'bad_line' }] };

function request(body: unknown): RouteRequest {
  const signal = new AbortController().signal;
  return { params: {}, query: undefined, body, caller: undefined, signal, remoteAddress: '10.0.0.9', headers: {} };
}

test('the body goes to the intake as it is, under the sender’s address, for callers who may ingest', async () => {
  const seen: unknown[] = [];
  const [route] = ingestRoutes({
    writeText: async (source, format, bytes) => {
      seen.push([source, format, Buffer.from(bytes).toString()]);
      return ANSWER;
    },
  });
  assert.equal(route?.permission, 'ingest');
  assert.equal(route?.bodyKind, 'bytes');
  assert.deepEqual(await route?.handler(request(Buffer.from('a 1 1\nx\n'))), ANSWER);
  assert.deepEqual(seen, [['10.0.0.9', 'graphite', 'a 1 1\nx\n']]);
});

test('nothing is answered as taken when the intake refuses', async () => {
  for (const code of ['disk_full', 'unavailable'] as const) {
    const [route] = ingestRoutes({ writeText: () => Promise.reject(new AppError(code, 'no')) });
    await assert.rejects(async () => route?.handler(request(Buffer.from('a 1 1'))), { code });
  }
  const [route] = ingestRoutes({ writeText: () => Promise.resolve(ANSWER) });
  await assert.rejects(async () => route?.handler(request(undefined)), { code: 'bad_request' });
});
