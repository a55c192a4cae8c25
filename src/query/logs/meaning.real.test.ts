import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { compileLogFilter } from '#core/log-query/match.ts';
import { printLogFilter } from '#core/log-query/print.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { ARBITRARY_TIME, arbitraryFilter, TEXTS } from '#core/log-query/testing/arbitrary-query.ts';
import type { LogRecord } from '#core/model/log-record.ts';
import { openStore } from '#query/metrics/testing/open-store.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { applyLogIndex } from '#storage/clickhouse/schema/log-index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { logCondition } from './condition.ts';
import { recordFields } from './field-sql.ts';
import type { LogIndex } from './log-index.ts';
import { insertLogs, logRecord } from './testing/log-store.ts';

let opened: { store: TelemetryStore; close: () => Promise<void> };
let records: LogRecord[];
const PART = 150;

const text = fc.constantFrom(...TEXTS);
const field = (name: string): fc.Arbitrary<string[]> =>
  fc.oneof(
    fc.constant<string[]>([]),
    text.map((value) => [name, value]),
  );
const fields = fc
  .tuple(...['status', 'took_ms', 'took', 'size', 'weird "name"'].map(field))
  .map((lists) => lists.flat());
const body = fc
  .array(fc.tuple(text, fc.constantFrom(' ', '-', '', '\n')), { maxLength: 4 })
  .map((parts) => parts.flat().join(''));
const record = fc
  .record({
    t: fc.nat(20_000),
    severity: fc.nat(24),
    host: text,
    service: text,
    body,
    attributes: fields,
    resource: fields,
  })
  .map(({ t, ...rest }) => logRecord({ ...rest, t: ARBITRARY_TIME + t * 0.5 }));

before(async () => {
  opened = await openStore();
  records = fc.sample(record, { numRuns: 3 * PART, seed: 7 });
  // Parts without the index, with it, and with both kinds of bloom filter.
  for (const [i, index] of (['none', 'text', 'bloom'] as const).entries()) {
    await applyLogIndex(opened.store, TelemetryConfig.parse({ logs: { index } }));
    const from = i * PART;
    await insertLogs(opened.store, records.slice(from, from + PART), from);
  }
  await applyLogIndex(opened.store, TelemetryConfig.parse({}));
});
after(() => opened.close());

async function foundBy(filters: readonly LogFilter[], index: LogIndex | undefined): Promise<number[][]> {
  const list = filters.map((filter, i) => {
    const condition = logCondition(filter, recordFields(index), ARBITRARY_TIME);
    return `SELECT ${i} AS q, groupArray(seq) AS seqs FROM nocmate.logs WHERE ${condition}`;
  });
  const rows = await opened.store.rows<{ q: number; seqs: string[] }>(list.join(' UNION ALL '));
  const byQuery = new Map(rows.map(({ q, seqs }) => [q, seqs.map(Number).toSorted((a, b) => a - b)]));
  return filters.map((_, i) => byQuery.get(i) ?? []);
}

/** The last one merges all parts, in which fields really lie apart from then on. */
const WAYS: readonly (readonly [name: string, index: LogIndex | undefined, merge?: true])[] = [
  ['the text index', { words: 'text', fieldsApart: false }],
  ['the text index and fields that lie apart', { words: 'text', fieldsApart: true }],
  ['bloom filters', { words: 'bloom', fieldsApart: true }],
  ['no index', undefined],
  ['the text index and fields that lie apart, in one merged part', { words: 'text', fieldsApart: true }, true],
];

for (const [name, index, merge] of WAYS) {
  test(`the engine and the matcher find the same records by ${name}`, async () => {
    if (merge === true) await opened.store.command('OPTIMIZE TABLE nocmate.logs FINAL');
    const filters = fc.sample(arbitraryFilter, { numRuns: 400, seed: 42 });
    let hits = 0;
    for (let at = 0; at < filters.length; at += 25) {
      const some = filters.slice(at, at + 25);
      const found = await foundBy(some, index);
      for (const [i, filter] of some.entries()) {
        const matches = compileLogFilter({ filter }, ARBITRARY_TIME);
        const expected = records.flatMap((one, index) => (matches(one) ? [index + 1] : []));
        hits += expected.length;
        assert.deepEqual(found[i], expected, printLogFilter(filter));
        // The engine's heartbeats are heard by this thread: without a turn it would be taken for silent.
        await setImmediate();
      }
    }
    assert.ok(hits > 5_000, `only ${hits} hits`);
  });
}
