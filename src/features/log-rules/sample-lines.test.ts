import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogRow, LogSearchRequest } from '#core/api/logs.ts';
import { sampleLines } from './sample-lines.ts';

/** A store with this many lines of a size, which remembers what it was asked. */
function store(count: number, size: number) {
  const asked: LogSearchRequest[] = [];
  const row = (id: number): LogRow => ({
    ...{ id: String(id), t: id, severity: 9, host: 'h', service: 's', source: 'f', traceId: '', spanId: '' },
    ...{ body: 'x'.repeat(size), attributes: { a: '1' }, resource: { r: '2' } },
  });
  const search = async (request: LogSearchRequest) => {
    asked.push(request);
    const from = Number(request.cursor ?? 0);
    const to = Math.min(count, from + request.limit);
    const rows = Array.from({ length: to - from }, (_, i) => row(from + i));
    return { rows, stats: { rowsRead: 0, ms: 0, partial: false }, ...(to < count ? { cursor: String(to) } : {}) };
  };
  return { asked, search };
}

const signal = new AbortController().signal;

test('the newest lines are taken in a few pages, as rules get them', async () => {
  const logs = store(3_000, 100);
  const lines = await sampleLines(logs, { query: 'q', sample: 2_000, now: 0 }, signal);
  assert.equal(lines.length, 2_000);
  assert.ok(logs.asked.length <= 4, `${logs.asked.length} pages`);
  assert.ok(logs.asked.every(({ order, query }) => order === 'newest' && query === 'q'));
  assert.deepEqual([lines[0]?.attributes, lines[0]?.resource, lines[0]?.host], [['a', '1'], ['r', '2'], 'h']);
  assert.equal((await sampleLines(store(7, 1), { query: '', sample: 500, now: 0 }, signal)).length, 7);
  assert.equal((await sampleLines(store(0, 1), { query: '', sample: 500, now: 0 }, signal)).length, 0);
});

test('long lines are not taken by the thousand', async () => {
  const logs = store(5_000, 100_000);
  const lines = await sampleLines(logs, { query: '', sample: 5_000, now: 0 }, signal);
  assert.ok(lines.length >= 40 && lines.length <= 60, `${lines.length} lines`);
});
