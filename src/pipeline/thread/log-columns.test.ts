import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LogRecord } from '#core/model/log-record.ts';
import { decodeNative } from '#storage/clickhouse/native/decode.ts';
import { LogColumns, type LogRow } from './log-columns.ts';

type Given = { readonly record: LogRecord; readonly row: LogRow; readonly input: number };

const patternOf = (n: number) => ({ patternLow: n >>> 0, patternHigh: ~n >>> 0 });

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('x'.repeat(70_000)));
const fields = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 9 }), { maxLength: 5 })
  .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), text))).map((pairs) => pairs.flat()));
const given: fc.Arbitrary<Given> = fc
  .record({
    us: fc.integer({ min: 0, max: 2 ** 52 }),
    ...{ severity: fc.integer({ min: 0, max: 24 }), input: fc.integer({ min: 0, max: 3 }) },
    ...{ host: text, service: text, body: text, attributes: fields, resource: fields, isBytes: fc.boolean() },
  })
  .map(({ us, severity, input, host, service, body, attributes, resource, isBytes }) => ({
    record: {
      t: us / 1000,
      severity,
      host,
      service,
      source: 's',
      body,
      attributes,
      resource,
      traceId: '',
      spanId: 'ab',
    },
    row: {
      us,
      seq: us + 1,
      body: isBytes ? Buffer.from(body) : body,
      attributes,
      notes: ['log.note', '1'],
      ...patternOf(us),
    },
    input,
  }));

function columnsOf(rows: readonly Given[]): LogColumns {
  const columns = new LogColumns();
  for (const { record, row, input } of rows) columns.append(record, row, input);
  return columns;
}

const pairs = (list: readonly string[]): Record<string, string> =>
  Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, (list[i + 1] ?? '').toWellFormed()]] : [])));

function assertHolds(columns: LogColumns, rows: readonly Given[]): void {
  const [block] = decodeNative(columns.encode());
  const values = new Map(block?.columns.map((column) => [column.name, [...column.values]]));
  const of = (name: string): unknown[] => values.get(name) ?? [];
  assert.equal(block?.rows, rows.length);
  const { spans } = columns;
  assert.ok(rows.every(({ row }) => spans.some(([from, to]) => from <= row.us / 1000 && row.us / 1000 < to)));
  assert.ok(spans.length <= rows.length);
  assert.deepEqual(
    of('ts'),
    rows.map(({ row }) => BigInt(row.us)),
  );
  assert.deepEqual(
    of('seq'),
    rows.map(({ row }) => BigInt(row.seq)),
  );
  assert.deepEqual(
    of('severity'),
    rows.map(({ record }) => record.severity),
  );
  assert.deepEqual(
    of('pattern'),
    rows.map(({ row }) => (BigInt(row.patternHigh) << 32n) | BigInt(row.patternLow)),
  );
  assert.deepEqual(
    of('host'),
    rows.map(({ record }) => record.host.toWellFormed()),
  );
  assert.deepEqual(
    of('service'),
    rows.map(({ record }) => record.service.toWellFormed()),
  );
  assert.deepEqual(
    of('span_id'),
    rows.map(() => 'ab'),
  );
  assert.deepEqual(
    of('body'),
    rows.map(({ record }) => String(record.body).toWellFormed()),
  );
  const maps = (name: string): unknown[] => of(name).map((map) => ({ ...(map as object) }));
  assert.deepEqual(
    maps('resource'),
    rows.map(({ record }) => pairs(record.resource)),
  );
  assert.deepEqual(
    maps('attrs'),
    rows.map(({ row }) => pairs([...row.attributes, ...row.notes])),
  );
}

test('the block holds what was appended', () => {
  fc.assert(
    fc.property(fc.array(given, { maxLength: 8 }), (rows) => assertHolds(columnsOf(rows), rows)),
    { numRuns: 100 },
  );
});

test('rows that are taken out leave the others as they were, and the memory is used again', () => {
  const columns = new LogColumns();
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 8 }), fc.nat(7), fc.nat(7), (rows, a, b) => {
      const [from, to] = [Math.min(a, b, rows.length), Math.min(Math.max(a, b), rows.length)];
      columns.clear();
      for (const { record, row, input } of rows) columns.append(record, row, input);
      columns.remove(from, to);
      const left = rows.toSpliced(from, to - from);
      assertHolds(columns, left);
      assert.equal(
        columns.counts.reduce((sum, [, count]) => sum + count, 0),
        left.length,
      );
    }),
    { numRuns: 100 },
  );
});

test('many rows', () => {
  const rows = Array.from({ length: 3_000 }, (_, i): Given => {
    const record = { t: i, severity: 9, host: `h${i % 7}`, service: 's', source: 's', resource: [], traceId: '' };
    const attributes = i % 2 === 0 ? [] : ['n', String(i)];
    return {
      record: { ...record, body: `line ${i}`, attributes, spanId: 'ab' },
      row: { us: 1.8e15 + i, seq: i, body: `line ${i}`, attributes, notes: [], ...patternOf(i) },
      input: 1,
    };
  });
  assertHolds(columnsOf(rows), rows);
});
