import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { launchEngine } from './engine/launch.ts';
import { encodeNative } from './native/encode.ts';
import { parseServerUrl } from './server-connection.ts';
import { testFolder, testTelemetry, writeSamples } from './telemetry-fixture.ts';

const NOW = Math.floor(Date.now() / 1000);
const BIG = 18_446_744_073_709_551_615n;

function seriesBlock(): Uint8Array {
  return encodeNative(
    [
      { name: 'family', type: 'UInt32', values: Uint32Array.of(1, 2) },
      { name: 'id', type: 'UInt64', values: BigUint64Array.of(10n, BIG) },
      { name: 'metric', type: 'String', values: ['cpu', 'load'] },
      {
        name: 'labels',
        type: 'Map(String, String)',
        values: [{ __name__: 'cpu', host: 'wäb' }, { __name__: 'a.b.load' }],
      },
      { name: 'kv', type: 'Array(String)', values: [['host=wäb'], []] },
      { name: 'path', type: 'String', values: ['', 'a.b.load'] },
      { name: 'type', type: 'UInt8', values: Uint8Array.of(0, 1) },
      { name: 'unit', type: 'String', values: ['', 's'] },
      { name: 'first_seen', type: 'DateTime', values: Uint32Array.of(NOW, NOW) },
      { name: 'last_seen', type: 'DateTime', values: Uint32Array.of(NOW, NOW) },
    ],
    2,
  );
}

test('what is encoded is what the engine has, and what it answers is decoded', { timeout: 30_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const { store } = telemetry;
  await writeFile(join(folder, 's'), seriesBlock());
  await store.insertFile('series', join(folder, 's'), 's');
  const sql = `SELECT family, id, metric, labels, kv, type, last_seen, toInt16(-3) AS small, toNullable(1) AS filled,
    CAST(NULL, 'Nullable(Float64)') AS empty, [1.5, nan] AS floats FROM series FINAL ORDER BY family`;
  const blocks = await store.columns(sql);
  const columns = Object.fromEntries(blocks.flatMap((block) => block.columns.map((column) => [column.name, column])));
  assert.equal(blocks[0]?.rows, 2);
  assert.deepEqual(columns.id?.values, BigUint64Array.of(10n, BIG));
  assert.deepEqual(columns.metric?.values, ['cpu', 'load']);
  assert.deepEqual({ ...(columns.labels?.values.at(0) as object) }, { __name__: 'cpu', host: 'wäb' });
  assert.deepEqual(columns.kv?.values, [['host=wäb'], []]);
  assert.deepEqual(columns.last_seen?.values, Uint32Array.of(NOW, NOW));
  assert.deepEqual(columns.small?.values, Int16Array.of(-3, -3));
  assert.deepEqual(columns.filled?.values, Float64Array.of(1, 1));
  assert.deepEqual(columns.empty?.values, Float64Array.of(Number.NaN, Number.NaN));
  assert.ok(columns.floats?.kind === 'numbers');
  assert.deepEqual(columns.floats.ends, Uint32Array.of(2, 4));
  assert.deepEqual(await store.columns('SELECT 1 WHERE 0'), []);
  await assert.rejects(store.columns('SELECT (1, 2) AS x'), /column x has the type Tuple/);
  const words = `SELECT toLowCardinality(toString(number % 300)) AS word,
    CAST(if(number % 2 = 0, map(), map('k', toString(number))), 'Map(LowCardinality(String), String)') AS m
    FROM numbers(1000) ORDER BY number`;
  const [word, map] = (await store.columns(words))[0]?.columns ?? [];
  assert.deepEqual(
    word?.values,
    Array.from({ length: 1000 }, (_, i) => String(i % 300)),
  );
  assert.deepEqual({ ...(map?.values[7] as object) }, { k: '7' });
  assert.deepEqual({ ...(map?.values[8] as object) }, {});
  assert.equal((await store.columns(`${words} LIMIT 1`))[0]?.rows, 1);
  const nodes = await store.rows('SELECT parent, node, leaf FROM path_nodes FINAL ORDER BY parent');
  assert.deepEqual(nodes, [
    { parent: '', node: 'a', leaf: 0 },
    { parent: 'a', node: 'b', leaf: 0 },
    { parent: 'a.b', node: 'load', leaf: 1 },
  ]);
  const paths = await store.rows('SELECT level, path FROM paths FINAL ORDER BY level');
  assert.deepEqual(paths, [
    { level: 3, path: 'a.b.load' },
    { level: 103, path: 'load.b.a' },
  ]);
  let csv = '';
  for await (const piece of await store.stream('SELECT number FROM numbers(3)', 'CSV')) csv += Buffer.from(piece);
  assert.equal(csv, '0\n1\n2\n');
});

test('a damaged file is told from a fault that passes', { timeout: 30_000 }, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  const file = await writeSamples(folder, 'good', [[1, NOW * 1000, 1]]);
  const codeOf = (path: string, table = 'samples'): Promise<string> =>
    telemetry.store.insertFile(table, path, 'token').then(
      () => 'stored',
      (error: AppError) => (error instanceof AppError ? error.code : String(error)),
    );
  assert.equal(await codeOf(file), 'unavailable', 'before the start');
  await telemetry.start();
  const cut = await writeSamples(folder, 'cut', [[1, NOW * 1000, 1]]);
  await truncate(cut, 60);
  await writeFile(join(folder, 'noise'), 'this is not a block at all, and long enough to look like one');
  assert.equal(await codeOf(cut), 'bad_request');
  assert.equal(await codeOf(join(folder, 'noise')), 'bad_request');
  assert.equal(await codeOf(join(folder, 'absent')), 'not_found');
  assert.equal(await codeOf(file, 'schema_migrations'), 'bad_request');
  assert.equal(await codeOf(file), 'stored');
});

const COUNTS = 'SELECT (SELECT count() FROM samples) AS raw, (SELECT sum(vcnt) FROM samples_5m) AS m5';

test('files that go in together are there once however often they come, and each is known to the rollups', {
  timeout: 60_000,
}, async (t) => {
  const folder = await testFolder(t);
  const telemetry = testTelemetry(t, folder);
  await telemetry.start();
  const files = await Promise.all(
    ['a', 'b', 'c'].map((name, i) =>
      writeSamples(folder, name, [
        [i, NOW * 1000, i],
        [9, NOW * 1000 + i, i],
      ]),
    ),
  );
  for (let time = 0; time < 2; time += 1) {
    await telemetry.store.insertFiles('samples', { files, tokens: ['a', 'b', 'c'] }, 'together');
  }
  await telemetry.rollups.rollUp();
  assert.deepEqual(await telemetry.store.rows(COUNTS), [{ raw: '6', m5: '6' }]);
  const parts = "SELECT max(rows) AS rows FROM system.parts WHERE table = 'samples' AND level = 0";
  assert.deepEqual(await telemetry.store.rows(parts), [{ rows: '6' }], 'one block, one part');
});

test('the same driver works with a server, whose views fill the rollups', { timeout: 30_000 }, async (t) => {
  const folder = await testFolder(t);
  const engine = { directory: join(folder, 'server'), memoryBudgetBytes: 900 * 2 ** 20 };
  const options = { engine, clock: systemClock, logger: pino({ level: 'silent' }) };
  const { child, endpoint } = await launchEngine(options, new AbortController().signal);
  t.after(() => child.terminate());
  const url = `http://nocmate:${endpoint.password}@127.0.0.1:${endpoint.port}/monitoring`;
  const telemetry = testTelemetry(t, folder, { url });
  await telemetry.start();
  assert.deepEqual([telemetry.kind, telemetry.status().state], ['server', 'up']);
  const file = await writeSamples(folder, 'a', [
    [1, NOW * 1000, 1],
    [1, NOW * 1000, 2],
  ]);
  await telemetry.store.insertFile('samples', file, 'a');
  await telemetry.store.insertFile('samples', file, 'a');
  assert.deepEqual(await telemetry.store.rows(COUNTS), [{ raw: '2', m5: '2' }]);
  const more = [
    await writeSamples(folder, 'b', [[2, NOW * 1000, 1]]),
    await writeSamples(folder, 'c', [[3, NOW * 1000, 1]]),
  ];
  for (let time = 0; time < 2; time += 1) {
    await telemetry.store.insertFiles('samples', { files: more, tokens: ['b', 'c'] }, 'together');
  }
  assert.deepEqual(await telemetry.store.rows(COUNTS), [{ raw: '4', m5: '4' }]);
  assert.deepEqual(await telemetry.store.rows('SELECT currentDatabase() AS name'), [{ name: 'monitoring' }]);
});

test('CLICKHOUSE_URL names a server and perhaps a database', () => {
  assert.equal(parseServerUrl('https://u:p@ch:8443').database, 'nocmate');
  assert.equal(parseServerUrl('http://ch:8123/other').database, 'other');
  assert.throws(() => parseServerUrl('tcp://ch:9000'), /must look like/);
  assert.throws(() => parseServerUrl('http://ch:8123/a-b;c'), /not a database/);
});
