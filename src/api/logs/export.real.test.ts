import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { createHttpServer, type HttpServer } from '#api/http/index.ts';
import type { LogRow } from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import { createLogSearch, type LogSearch } from '#query/logs/index.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { logRoutes } from './index.ts';

const NOW = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const RANGE = { from: NOW - 3_600_000, to: NOW };
const WIDE = 140;
const MANY = 20_000;
let opened: { store: TelemetryStore; close: () => Promise<void> };
let http: HttpServer | undefined;
let base: string;
/** What the next export does beside reading: pages that were read, and whether reading has ended. */
let watched = { pages: 0, ended: Promise.withResolvers<void>(), failAt: Number.POSITIVE_INFINITY };

before(async () => {
  opened = await openStore();
  const columns = 'ts, seq, host, source, severity, body';
  const insert = async (count: number, host: string, size: number): Promise<void> => {
    // A part of a few megabytes each: the index of words is made of it in memory.
    const part = Math.max(1, Math.floor(2e7 / size));
    for (let at = 0; at < count; at += part) {
      const body = `concat(toString(${at} + number), ' ', repeat('x', ${size}))`;
      const place = `fromUnixTimestamp64Milli(${RANGE.from} + ${at} + number), ${at} + number + 1`;
      await opened.store.command(
        `INSERT INTO nocmate.logs (${columns}) SELECT ${place}, '${host}', 'test', 9, ${body} FROM numbers(${Math.min(part, count - at)})`,
      );
    }
  };
  await insert(MANY, 'many', 2_000);
  await insert(WIDE, 'wide', 1_000_000);
  http = createHttpServer({
    routes: logRoutes(watchedPages(createLogSearch({ store: opened.store, clock: { now: () => NOW } }))),
    authenticate: () => Promise.resolve({ kind: 'token', id: '1', name: 'test', scope: 'read' }),
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: pino({ level: 'silent' }),
  });
  const { host, port } = await http.listen('127.0.0.1', 0);
  base = `http://${host}:${port}/api/logs/export`;
});
after(async () => {
  await http?.close(1_000);
  await opened.close();
});

function watchedPages(logs: LogSearch): LogSearch {
  return {
    ...logs,
    pages: async function* (request, signal): AsyncGenerator<readonly LogRow[]> {
      try {
        for await (const page of logs.pages(request, signal)) {
          watched.pages += 1;
          if (watched.pages > watched.failAt) throw new AppError('unavailable', 'the store is gone');
          yield page;
        }
      } finally {
        watched.ended.resolve();
      }
    },
  };
}

function exportOf(query: string, signal?: AbortSignal): Promise<Response> {
  watched = { pages: 0, ended: Promise.withResolvers(), failAt: Number.POSITIVE_INFINITY };
  const body = JSON.stringify({ ...RANGE, query, format: 'ndjson', order: 'oldest' });
  const headers = { 'content-type': 'application/json' };
  return fetch(base, { method: 'POST', headers, body, ...(signal === undefined ? {} : { signal }) });
}

test('who goes away in the middle ends the reading', async () => {
  const client = new AbortController();
  const answer = await exportOf('host:many', client.signal);
  assert.equal(answer.headers.get('x-total-rows'), String(MANY));
  await answer.body?.getReader().read();
  client.abort();
  await watched.ended.promise;
  assert.ok(watched.pages >= 1 && watched.pages < 5, `${watched.pages} pages were read`);
});

test('what fails in the middle is no whole file', async () => {
  const answer = exportOf('host:many');
  watched.failAt = 1;
  await assert.rejects((await answer).text(), /terminated|closed|aborted/);
});

test('lines of a megabyte come in pages that fit, all of them in their order', { timeout: 120_000 }, async () => {
  const answer = await exportOf('host:wide');
  const numbers: number[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) numbers.push(Number.parseInt((JSON.parse(line) as { message: string }).message, 10));
  }
  assert.deepEqual(
    numbers,
    Array.from({ length: WIDE }, (_, i) => i),
  );
  assert.ok(watched.pages > 3, `${watched.pages} pages`);
});
