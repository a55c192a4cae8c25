import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type ClickHouseClient, ClickHouseLogLevel, createClient, TupleParam } from '@clickhouse/client';
import fc from 'fast-check';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import type { RunningChild } from '#io/supervisor.ts';
import { testFolder } from '../telemetry-fixture.ts';
import { type EngineEndpoint, launchEngine } from './launch.ts';

let child: RunningChild;
let endpoint: EngineEndpoint;
let client: ClickHouseClient;

const folder = testFolder({ after: (stop) => after(stop) });

before(async () => {
  const directory = await folder;
  const options = { engine: { directory, memoryBudgetBytes: 900 * 2 ** 20 }, clock: systemClock };
  const launched = await launchEngine({ ...options, logger: pino({ level: 'silent' }) }, new AbortController().signal);
  ({ child, endpoint } = launched);
  client = createClient({
    url: `http://127.0.0.1:${endpoint.port}`,
    username: 'nocmate',
    password: endpoint.password,
    compression: { request: true, response: true },
    log: { level: ClickHouseLogLevel.OFF },
  });
});

after(async () => {
  await client.close();
  await child.terminate();
  assert.deepEqual(await child.exited, { code: 0, signal: null });
});

async function ask(query: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
  const result = await client.query({ query, query_params: parameters, format: 'JSONEachRow' });
  return result.json();
}

function post(body: string | Uint8Array, headers: Record<string, string> = {}, search = ''): Promise<Response> {
  const url = `http://127.0.0.1:${endpoint.port}/${search}`;
  const own = { 'X-ClickHouse-User': 'nocmate', 'X-ClickHouse-Key': endpoint.password };
  return fetch(url, { method: 'POST', body: Buffer.from(body), headers: { ...own, ...headers } });
}

test('ping needs no password, everything else does', async () => {
  assert.deepEqual(await client.ping(), { success: true });
  const refused = await post('SELECT 1', { 'X-ClickHouse-Key': 'wrong' });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /^Code: 516\. DB::Exception: /);
});

test('rows inserted by the client come back, blank lines and SQL in values stay data', async () => {
  await client.command({ query: 'CREATE TABLE words (n UInt32, s String) ENGINE = MergeTree ORDER BY n' });
  const values = [
    { n: 1, s: 'plain' },
    { n: 2, s: 'a\n\nb; DROP TABLE words' },
  ];
  await client.insert({ table: 'words', values, format: 'JSONEachRow' });
  assert.deepEqual(await ask('SELECT n, s FROM words ORDER BY n'), values);
  const csv = '3,"x\n\nDROP TABLE words"\n';
  assert.equal((await post(csv, {}, '?query=INSERT+INTO+words+FORMAT+CSV')).status, 200);
  assert.deepEqual(await ask('SELECT s FROM words WHERE n = 3'), [{ s: 'x\n\nDROP TABLE words' }]);
});

test('several statements and unlisted data formats are refused', async () => {
  const several = await post('SELECT 1; SELECT 2');
  assert.equal(several.status, 400);
  assert.equal(several.headers.get('X-ClickHouse-Exception-Code'), '62');
  const format = await post('x', {}, '?query=INSERT+INTO+words+FORMAT+Parquet');
  assert.equal(format.headers.get('X-ClickHouse-Exception-Code'), '73');
});

test('headers say what a server says', async () => {
  const response = await post('SELECT 1 AS x FORMAT JSON', {}, '?query_id=mine');
  assert.equal(response.headers.get('X-ClickHouse-Query-Id'), 'mine');
  assert.equal(response.headers.get('X-ClickHouse-Format'), 'JSON');
  const summary = JSON.parse(response.headers.get('X-ClickHouse-Summary') ?? '{}') as Record<string, string>;
  assert.match(summary.elapsed_ns ?? '', /^\d+$/);
});

test('bodies are compressed both ways when asked', async () => {
  const headers = { 'Content-Encoding': 'gzip', 'Accept-Encoding': 'gzip' };
  const search = '?enable_http_compression=1';
  const response = await post(gzipSync("SELECT repeat('a', 1000) AS a FORMAT TSV"), headers, search);
  assert.equal(response.headers.get('Content-Encoding'), 'gzip');
  assert.equal((await response.text()).trim(), 'a'.repeat(1000));
  assert.ok(gunzipSync(gzipSync('x')).length === 1);
});

test('settings of a request do not stay', async () => {
  const read = "SELECT getSetting('max_block_size') AS n";
  const limited = await client.query({
    query: read,
    clickhouse_settings: { max_block_size: '77' },
    format: 'JSONEachRow',
  });
  assert.deepEqual(await limited.json(), [{ n: 77 }]);
  for (let i = 0; i < 5; i += 1) assert.notDeepEqual(await ask(read), [{ n: 77 }]);
  const unknown = await post('SELECT 1', {}, '?max_bolck_size=1');
  assert.equal(unknown.headers.get('X-ClickHouse-Exception-Code'), '115');
  assert.notDeepEqual(await ask(read), [{ n: 77 }]);
});

test('a read-only request binds no later one, and creates nothing', async () => {
  const read = (settings: Record<string, string>): Promise<unknown> =>
    client
      .query({
        query: "SELECT getSetting('max_result_rows') AS n",
        clickhouse_settings: settings,
        format: 'JSONEachRow',
      })
      .then((result) => result.json());
  for (const [readonly, rows] of [
    ['1', '5'],
    ['1', '6'],
    ['2', '7'],
    ['0', '8'],
    ['1', '9'],
  ] as const) {
    assert.deepEqual(await read({ readonly, max_result_rows: rows }), [{ n: Number(rows) }]);
  }
  const create = { query: 'CREATE TABLE never (a UInt8) ENGINE = Memory', clickhouse_settings: { readonly: '1' } };
  await assert.rejects(client.command(create), { code: '164' });
  await client.command({ query: 'CREATE TABLE sometimes (a UInt8) ENGINE = Memory' });
});

test('a fault in the middle of an answer reaches the client with its code', async () => {
  const query = 'SELECT throwIf(number = 3000000) FROM numbers(4000000)';
  const result = await client.query({ query, format: 'JSONEachRow', clickhouse_settings: { max_block_size: '10000' } });
  await assert.rejects(result.json(), { code: '395' });
});

test('queries whose clients go away make room for others', { timeout: 20_000 }, async () => {
  const abort = new AbortController();
  const query = 'SELECT count() FROM numbers(100000000000000) WHERE number % 7 = 3';
  // As many as there are sessions for reading: while these run, nothing else does.
  const busy = Array.from({ length: 3 }, () => client.query({ query, abort_signal: abort.signal }));
  const waiting = ask('SELECT 1 AS n');
  abort.abort();
  for (const one of busy) await assert.rejects(one);
  assert.deepEqual(await waiting, [{ n: 1 }]);
});

const texts = fc
  .string({ unit: 'binary', maxLength: 60 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const hard = fc.array(fc.constantFrom("'", '\\', '\n', '\t', '`', ';', '--', '{a:String}', '\\N', 'ö', '/*'), {
  maxLength: 12,
});
const anyText = fc.oneof(
  texts,
  hard.map((parts) => parts.join('')),
);

test('any text is the same text to the engine', { timeout: 30_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.array(anyText, { maxLength: 3 }), async (a, list) => {
      // A lone \N stands for NULL in this format: https://clickhouse.com/docs/interfaces/formats/TabSeparated
      const [row] = await ask('SELECT {a:String} AS a, {list:Array(String)} AS list', { a, list });
      assert.deepEqual(row, { a, list });
    }),
    { numRuns: 150 },
  );
});

test('numbers, times, tuples and nothing are typed values', async () => {
  const rows = await ask(
    `SELECT {n:Int64} AS n, {f:Float64} AS f, {t:DateTime64(3)} AS t, {z:Nullable(UInt8)} AS z,
      (1, 2) IN {p:Array(Tuple(UInt32, UInt64))} AS p, {b:Bool} AS b, toTypeName({n:Int64}) AS type`,
    { n: -5, f: 1.5e-7, t: new Date(1_700_000_000_123), z: null, p: [new TupleParam([1, 2])], b: true },
  ).catch((error: unknown) => error);
  assert.deepEqual(rows, [{ n: -5, f: 1.5e-7, t: '2023-11-14 22:13:20.123', z: null, p: 1, b: true, type: 'Int64' }]);
});

test('a parameter that is no value of its type is refused, as is a type that is none', async () => {
  for (const value of ['1; DROP TABLE words', '1) OR (1', '--']) {
    await assert.rejects(ask('SELECT {n:UInt32} AS n', { n: value }), /Cannot parse|parse/i);
  }
  const type = await post('SELECT {n:UInt32) OR sleep(1} AS n', {}, '?param_n=1');
  assert.notEqual(type.status, 200);
  assert.deepEqual(
    await ask('SELECT count() AS n FROM {t:Identifier}', { t: 'words' }).then((r) => Number(r[0]?.n)),
    3,
  );
  await assert.rejects(ask('SELECT {missing:UInt8}'), { code: '456' });
});
