import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvRecords } from './csv-records.ts';
import { CHUNK_BYTES, type ImportChunk, type ImportRecord, recordChunks } from './import-chunk.ts';
import { importFormat } from './import-format.ts';
import { jsonChunks } from './json-records.ts';
import { lineChunks } from './line-chunks.ts';
import { openMetricsRecords } from './openmetrics-records.ts';
import { progressText } from './progress-bar.ts';

async function* stream(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

async function gathered<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const csv = async (text: string, fromLine = 1) => (await gathered(csvRecords(stream(text), fromLine))).map(plain);
const plain = (record: ImportRecord) =>
  'json' in record ? [record.line, JSON.parse(record.json) as unknown] : [record.line, record.problem];

test('CSV with a name and a value a row; other columns are labels', async () => {
  const text = '\ufeffTime,host,Metric,value\r\n1795000000,"web, 1",up,1\r\n\r\n2026-11-25,b,up,x\n1,2\n';
  assert.deepEqual(await csv(text), [
    [2, { name: 'up', labels: { host: 'web, 1' }, t: '1795000000', v: '1' }],
    [4, { name: 'up', labels: { host: 'b' }, t: '2026-11-25', v: 'x' }],
    [5, '2 columns, the header has 4'],
  ]);
});

test('CSV with a series a column; empty cells are no samples; tabs and semicolons', async () => {
  assert.deepEqual(await csv('t,a.b,c;k=v\n5,1,2\n6,,3\n'), [
    [2, { name: 'a.b', t: '5', v: '1' }],
    [2, { name: 'c;k=v', t: '5', v: '2' }],
    [3, { name: 'c;k=v', t: '6', v: '3' }],
  ]);
  assert.deepEqual(await csv('t\ta;b\n5\t1\n'), [[2, { name: 'a;b', t: '5', v: '1' }]]);
  assert.deepEqual(await csv('t;a\n5;1\n6;2\n', 3), [[3, { name: 'a', t: '6', v: '2' }]]);
});

test('a header that names no samples is refused', async () => {
  for (const header of ['a,b', 't', 'name,value', 't,name']) {
    await assert.rejects(csv(`${header}\n1,2\n`), /names no samples/, header);
  }
  assert.deepEqual(await csv(''), []);
});

const bodies = (chunks: readonly ImportChunk[]) => chunks.map(({ body }) => Buffer.from(body).toString());

test('lines are sent as they are, cut between lines, positions are lines of the file', async () => {
  const line = `${'x'.repeat(1_000)}\n`;
  const text = line.repeat(Math.ceil((2.5 * CHUNK_BYTES) / line.length));
  const chunks = await gathered(lineChunks(stream(...(text.match(/[^]{1,300000}/g) ?? [])), 1));
  assert.ok(chunks.length >= 2);
  assert.equal(bodies(chunks).join(''), text);
  assert.ok(chunks.every(({ body }) => body.at(-1) === 0x0a));
  assert.equal(chunks[1]?.lineOf(1), (chunks[0]?.rows ?? 0) + 1);
  assert.equal(chunks.at(-1)?.lastLine, text.length / line.length);
});

test('from a line on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'bb', ''), { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (lines, from) => {
        const chunks = await gathered(lineChunks(stream(lines.map((line) => `${line}\n`).join('')), from));
        assert.equal(
          bodies(chunks).join(''),
          lines
            .slice(from - 1)
            .map((line) => `${line}\n`)
            .join(''),
        );
        assert.ok(chunks.every(({ lineOf, lastLine }) => lineOf(1) === from && lastLine === lines.length));
      },
    ),
  );
});

test('JSON by lines is sent as it is, an array record by record', async () => {
  assert.deepEqual(bodies(await gathered(jsonChunks(stream('{"a":1}\n', '{"a":2}'), 2))), ['{"a":2}']);
  const [chunk] = await gathered(jsonChunks(stream(' [{"a":1},\n', '{"a":2}]'), 2));
  assert.deepEqual([Buffer.from(chunk?.body ?? '').toString(), chunk?.lineOf(1)], ['{"a":2}', 2]);
  await assert.rejects(gathered(jsonChunks(stream('[1,'), 1)), /begins like a JSON array/);
});

test('expositions with their times in ms', async () => {
  const text = '# TYPE a counter\na_total{b="c"} 5 1795000000.5\n# EOF\n';
  const records = (await gathered(openMetricsRecords(stream(text), 1))).map(plain);
  assert.deepEqual(records, [[1, { name: 'a_total', labels: { b: 'c' }, t: 1_795_000_000_500, v: 5 }]]);
  const prometheus = (await gathered(openMetricsRecords(stream('up 1 1795000000500\nx +Inf\n'), 2))).map(plain);
  assert.deepEqual(prometheus, [[2, { name: 'x', labels: {}, v: 'Infinity' }]]);
  await assert.rejects(gathered(openMetricsRecords(stream('up 1\n} 5\n'), 1)), /line 2/);
});

test('refused records keep their lines beside those that are sent', async () => {
  async function* records(): AsyncGenerator<ImportRecord> {
    yield { line: 2, json: '{"n":1}' };
    yield { line: 3, problem: 'why' };
    yield { line: 5, json: '{"n":2}' };
  }
  const [chunk] = await gathered(recordChunks(records()));
  assert.deepEqual(chunk?.refused, [{ line: 3, reason: 'bad_line', detail: 'why' }]);
  assert.deepEqual([chunk?.rows, chunk?.lineOf(2), chunk?.lastLine], [2, 5, 5]);
});

test('the format follows the name of the file', () => {
  assert.equal(importFormat('x/a.csv.gz', undefined), 'csv');
  assert.equal(importFormat('-', 'influx'), 'influx');
  assert.throws(() => importFormat('a.bin', undefined), /add --format/);
  assert.throws(() => importFormat('a.csv', 'jsn'), /did you mean json/);
});

test('the progress says bytes, rate and time left', () => {
  const text = progressText({ readBytes: 2 ** 20, totalBytes: 4 * 2 ** 20, rows: 5_000, elapsedMs: 2_000 });
  assert.equal(text, '██████░░░░░░░░░░░░░░░░░░ 25 %  1.0 MiB of 4.0 MiB  2,500 rows/s  6 s left');
});
