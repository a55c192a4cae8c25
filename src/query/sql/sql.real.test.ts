import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Filled, fillStore } from '#query/metrics/testing/filled-store.ts';
import { isAllowedFunction } from './allowed-functions.ts';
import { createSqlRunner, type SqlRunner } from './index.ts';

let filled: Filled;
let sql: SqlRunner;

before(async () => {
  filled = await fillStore();
  sql = createSqlRunner(filled.store);
});
after(() => filled.close());

const rows = async (text: string): Promise<unknown> => (await sql.run(text)).rows;

const GOOD: readonly [string, unknown][] = [
  ['select 1 + 1 as two', [[2]]],
  ['SELECT count() FROM samples WHERE id = 2;  \n', [['6']]],
  ["select metric, uniq(id) n from nocmate.series where metric = 'temp' group by metric -- done", [['temp', '3']]],
  ['with hot as (select id, max(v) m from samples group by id) select count() from hot where m > 1000', [['1']]],
  ["with 'temp' as name select uniqExact(id) from series where metric = name", [['3']]],
  [
    'select s.metric, avg(x.v) from samples x join series s on s.id = x.id where x.id in (2, 3) group by 1',
    [['temp', 2.5]],
  ],
  ['select countIf(v > 3), quantile(0.5)(v), sumOrNull(v) from samples where id = 2', [['2', 2.5, 15]]],
  [
    "select arrayMap(x -> x * 2, [1, 2]) a, map('k', 1) m, toUInt64(18446744073709551615) big",
    [[[2, 4], { k: 1 }, '18446744073709551615']],
  ],
  [
    'select t, row_number() over (partition by id order by t) r from samples where id = 3 order by t limit 1 offset 1',
    undefined,
  ],
  ["select * except (kv), labels['host'] from series limit 1", undefined],
  ['select id in series from samples where id = 3 limit 0', []],
  ['select 1 union all select 2 order by 1', [[1], [2]]],
  ['(select 1)', [[1]]],
  ["select case when 1 > 0 then 'a;b -- c' else '/*' end", [['a;b -- c']]],
  [
    'select toStartOfInterval(t, interval 5 minute) b, avg(v) from samples_5m join samples using (id) where 0 group by b',
    [],
  ],
  ['select nan, 1/0', [[null, null]]],
  ['select exists(select 1 from events), (select count() from logs)', [[0, '0']]],
];

test('read-only statements are answered', async () => {
  for (const [text, expected] of GOOD) {
    const found = await rows(text).catch((error: unknown) => assert.fail(`${text}: ${String(error)}`));
    if (expected !== undefined) assert.deepEqual(found, expected, text);
  }
});

const REFUSED: readonly [string, RegExp][] = [
  ["select * from file('/etc/passwd')", /table function 'file'/],
  ["select file('/etc/passwd')", /function 'file'/],
  ["select FILE('/etc/passwd')", /function '(file|FILE)'/],
  ["select * from url('http://127.0.0.1/', CSV)", /table function 'url'/],
  ["select * from remote('127.0.0.1', nocmate, samples)", /table function 'remote'/],
  ["select * from s3('http://x/y', 'CSV')", /table function 's3'/],
  ['select * from samples join numbers(3) n on 1 = 1', /table function 'numbers'/],
  ['select 1 where 1 in (select number from numbers(3))', /table function 'numbers'/],
  ['select * from view(select 1)', /table function 'view'/],
  ["select * from (select * from (select * from merge('system', '.*')))", /table function 'merge'/],
  ['select * from system.tables', /no table 'system\.tables'/],
  ['select * from `system`.`one`', /no table/],
  ['select * from `system.one`', /no table/],
  ['select * from information_schema.tables', /no table/],
  ['select 1 where 1 in system.one', /no table 'system\.one'/],
  ['select not (1 not in system.one)', /no table 'system\.one'/],
  ['with samples as (select * from system.one) select * from samples', /no table 'system\.one'/],
  ['with x as (select 1) select * from y', /no table 'y'/],
  ["select 'x as (select 1)' from x", /no table 'x'/],
  ['select * from schema_migrations', /no table/],
  ["select dictGet('d', 'a', 1)", /function 'dictGet'/],
  ["select joinGet('nocmate.series', 'path', 1)", /function 'joinGet'/],
  ["select getSetting('readonly')", /function 'getSetting'/],
  ['select currentUser()', /function/],
  ['select @@version', /function 'globalVariable'/],
  ['select sleep(3)', /function 'sleep'/],
  ['select hostName(), version()', /function 'hostName'/],
  ['select sumSleepIf(1)', /function/],
  ["select arrayReduce('aggThrow', [1])", /function/],
  ['select * apply(file) from samples', /APPLY/],
  ['select 1 settings max_threads = 1', /SETTINGS/],
  ['select * from (select 1 settings max_memory_usage = 0)', /SETTINGS/],
  ['select 1 format JSON', /FORMAT/],
  ["select 1 into outfile '/tmp/x'", /OUTFILE/],
  ["select 1 into outfile '/tmp/x' format CSV settings max_threads = 1", /SETTINGS|FORMAT|OUTFILE/],
  ['insert into samples select * from samples', /only SELECT/],
  ['alter table samples delete where 1', /only SELECT/],
  ["kill query where query_id = 'x'", /only SELECT/],
  ['drop table samples', /only SELECT/],
  ['truncate table samples', /only SELECT/],
  ['create table x as samples', /only SELECT/],
  ['set readonly = 0', /only SELECT/],
  ['system flush logs', /only SELECT/],
  ['show tables', /only SELECT/],
  ['describe table samples', /only SELECT/],
  ['use system', /only SELECT/],
  ['explain select 1', /only SELECT/],
  ['attach database x', /SELECT/],
  ['backup database nocmate to null', /SELECT/],
  ['select 1; drop table samples', /well-formed/],
  ['select 1 -- x\n; drop table samples', /well-formed/],
  ['select 1\n\nselect 2', /well-formed/],
  ['select 1 /* ; */; select 2', /well-formed/],
  ['select {p:String}', /p/],
  ['select `a\\n     Function b` from samples', /name/],
  ['select 1 as `x (children 1)`', /name/],
  ["select * from '/etc/passwd'", /./],
  ['', /well-formed/],
  [' ; ', /well-formed/],
];

test('everything else is refused and says what', async () => {
  for (const [text, message] of REFUSED) {
    await assert.rejects(sql.run(text), { code: 'bad_query', message }, text);
  }
  assert.deepEqual(await rows('select count() > 100000 from samples'), [[1]]);
});

test('all columns of a sample have its value among them', async () => {
  const { columns } = await sql.run('select * from samples limit 1');
  assert.deepEqual(columns.at(-1), { name: 'v', type: 'Float64' });
});

test('a syntax error has its position', async () => {
  await assert.rejects(sql.run('select v from samples where'), (error: Error & { details?: { position?: number } }) => {
    assert.match(error.message, /position \d+/);
    assert.ok(Number(error.details?.position) >= 20);
    return true;
  });
});

test('answers are cut at the row limit and bounded in memory and time', async () => {
  const { rows: found, truncated } = await sql.run('select t, v from samples');
  assert.deepEqual([found.length, truncated], [10_000, true]);
  await assert.rejects(
    sql.run('select groupArray(a.v) from samples a, samples b, series c'),
    (error: { code?: string }) => ['limit_memory', 'limit_time'].includes(error.code ?? ''),
  );
});

test('an aborted statement ends', async () => {
  const abort = new AbortController();
  const running = sql.run('select count() from samples a, samples b where cos(a.v * b.v) > 2', abort.signal);
  abort.abort();
  await assert.rejects(running, { code: 'cancelled' });
});

test('allowed functions are those of harmless categories that the engine knows', async () => {
  const known = await filled.store.rows<{ name: string; category: string }>(
    'SELECT name, categories AS category FROM system.functions',
  );
  const allowed = known.filter(({ name }) => isAllowedFunction(name));
  assert.ok(allowed.length > 1200, String(allowed.length));
  const dangerous = new Set([
    'AI',
    'Dictionary',
    'Embedded Dictionary',
    'Encryption',
    'Internal',
    'Introspection',
    'Machine Learning',
  ]);
  assert.deepEqual(
    allowed.filter(({ category }) => dangerous.has(category)),
    [],
  );
  const never =
    /^(file|url|remote|dict|joinGet|getSetting|getServer|getMacro|current|sleep|throw|host|fqdn|version|tcpPort|server|query|connection|filesystem|evalML|catboost|show|fuzz|zookeeper|generateSerial|chdb$|initializeAgg|format(Row|Query)|hasColumn)/i;
  assert.deepEqual(
    allowed
      .map(({ name }) => name)
      .filter(
        (name) =>
          never.test(name) &&
          !/^(queryString|queryStringAndFragment|URLPathHierarchy|URLHash|URLHierarchy|current_date|current_timestamp)$/.test(
            name,
          ),
      ),
    [],
  );
  const tableFunctions = await filled.store.rows<{ name: string }>('SELECT name FROM system.table_functions');
  assert.ok(tableFunctions.length > 50);
  assert.deepEqual(tableFunctions.map(({ name }) => name).filter(isAllowedFunction), []);
});
