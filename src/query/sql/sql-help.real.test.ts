import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { type Filled, fillStore } from '#query/metrics/testing/filled-store.ts';
import { TABLES } from './check-statement.ts';
import { createSqlRunner, type SqlRunner } from './index.ts';

let filled: Filled;
let sql: SqlRunner;

before(async () => {
  filled = await fillStore();
  sql = createSqlRunner(filled.store);
});
after(() => filled.close());

test('functions that may be called come with their arguments and a sentence', async () => {
  const functions = await sql.functions();
  const find = (name: string) => functions.find((one) => one.name === name);
  assert.ok(functions.length > 1_000, String(functions.length));
  assert.equal(find('dateDiff')?.signature, 'dateDiff(unit, startdate, enddate[, timezone])');
  assert.equal(find('quantile')?.signature, 'quantile(level)(expr)');
  assert.deepEqual(find('avg'), {
    name: 'avg',
    signature: 'avg(x)',
    help: 'Calculates the arithmetic mean.',
    group: 'aggregation',
  });
  for (const name of ['file', 'sleep', 'hostName', 'and', 'in']) assert.equal(find(name), undefined, name);
  for (const { name, signature, help } of functions) {
    assert.ok(signature.startsWith(`${name}(`) && signature.endsWith(')'), signature);
    assert.ok(help.length <= 240 && !help.includes('](') && !help.includes('\n'), help);
  }
});

test('tables that may be read come with their columns and types', async () => {
  const tables = await sql.tables();
  assert.deepEqual(
    tables.map(({ name }) => name),
    TABLES,
  );
  assert.ok(tables.every(({ help, columns }) => help !== '' && columns.length > 2));
  const samples = tables.find(({ name }) => name === 'samples');
  assert.ok(samples?.columns.some(({ name, type }) => name === 'v' && type === 'Float64'));
});

const PROBLEMS: readonly [text: string, marked: string, message: RegExp][] = [
  ["select 'nope', nope from samples", 'nope', /^Unknown expression identifier `nope`$/],
  ['select 1 -- vv\nfrom samples where vv > 1', 'vv', /`vv`/],
  ['select avg(v) from sampels', 'sampels', /no table 'sampels'/],
  ['select sleep(1)', 'sleep', /'sleep' is not allowed/],
  ["select toStartOfHour('x') from samples", 'toStartOfHour', /^Illegal type String of argument[^:]*$/],
  ['select a.nope from samples a', 'a.nope', /a\.nope/],
  ['select * from numbers(3)', 'numbers', /table function/],
  ['select /* fooo */ fooo(1)', 'fooo', /fooo/],
];

for (const [text, marked, message] of PROBLEMS) {
  test(`the place of what is wrong is told: ${text}`, async () => {
    for (const attempt of [sql.check, sql.run]) {
      const error = await attempt(text).then(
        () => assert.fail('it was taken'),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof AppError && error.code === 'bad_query');
      assert.match(error.message, message);
      const { position, to } = error.details;
      assert.equal(text.slice(Number(position), Number(to)), marked);
      assert.equal(position, text.lastIndexOf(marked));
    }
  });
}

test('a check runs nothing: what takes too long is left to the run', async () => {
  await sql.check('select count() from samples a, samples b, samples c where cos(a.v * b.v * c.v) > 2');
  await sql.check(
    'select avg(v) as value, toStartOfInterval(t, interval 60 second) as time from samples group by time',
  );
  await sql.check('with slow as (select count() from samples a, samples b, samples c) select (select * from slow) + 1');
});
