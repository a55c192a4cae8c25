import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { LogRow, LogSearchAnswer } from '#core/api/logs.ts';
import { LogList } from './log-list.ts';
import { mergeRows } from './row-order.ts';

const row = (micros: number, seq = 1): LogRow => ({
  ...{ id: `${micros}_${seq}`, t: micros / 1_000, severity: 9, host: 'a', service: '', source: '', body: '' },
  ...{ traceId: '', spanId: '', attributes: {}, resource: {} },
});
const stats = { rowsRead: 1, ms: 1, partial: false };
const times = (rows: readonly LogRow[]): string => rows.map(({ id }) => id.replace(/_1$/, '')).join(' ');
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(context: TestContext, pages: Readonly<Record<string, LogSearchAnswer>>) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let tell: (rows: readonly LogRow[], skipped: number) => void = () => assert.fail('no tail');
  const list = new LogList({
    order: 'newest',
    ask: async (cursor = 'first') => pages[cursor] ?? assert.fail(`no page ${cursor}`),
    tail: (onRows) => {
      tell = onRows;
      return () => undefined;
    },
  });
  list.open();
  return { list, tell: (rows: readonly LogRow[], skipped = 0) => tell(rows, skipped) };
}

test('pages follow one another by their cursor', async (context) => {
  const { list } = setUp(context, {
    first: { rows: [row(9), row(8)], cursor: '8_1', stats },
    '8_1': { rows: [row(7)], stats },
  });
  await settle();
  assert.equal(list.state().hasMore, true);
  list.more();
  list.more();
  await settle();
  assert.equal(times(list.state().rows), '9 8 7');
  assert.equal(list.state().hasMore, false);
});

test('new lines come on top, each once, however often they are told', async (context) => {
  const { list, tell } = setUp(context, { first: { rows: [row(9), row(8)], stats } });
  tell([row(10)]);
  await settle();
  tell([row(10), row(12), row(11)]);
  assert.equal(times(list.state().rows), '12 11 10 9 8');
  assert.deepEqual([...list.state().fresh].toSorted(), ['11_1', '12_1']);
  context.mock.timers.tick(1_500);
  await settle();
  assert.equal(times(list.state().rows), '12 11 10 9 8');
});

test('new lines wait while somebody reads, and lines left out are counted', async (context) => {
  const { list, tell } = setUp(context, { first: { rows: [row(9)], stats } });
  await settle();
  list.hold(true);
  tell([row(10)], 3);
  tell([row(11)], 4);
  assert.equal(times(list.state().rows), '9');
  assert.equal(times(list.state().waiting), '11 10');
  assert.equal(list.state().skipped, 7);
  list.hold(false);
  assert.equal(times(list.state().rows), '11 10 9');
  assert.equal(list.state().waiting.length, 0);
});

test('after an absence longer than a page the list starts anew, with no hole in it', async (context) => {
  const pages: Record<string, LogSearchAnswer> = { first: { rows: [row(9)], stats } };
  const { list } = setUp(context, pages);
  await settle();
  pages['first'] = { rows: [row(30), row(29)], cursor: '29_1', stats };
  pages['29_1'] = { rows: [row(20), row(9)], stats };
  list.catchUp();
  await settle();
  assert.equal(times(list.state().rows), '30 29');
  list.more();
  await settle();
  assert.equal(times(list.state().rows), '30 29 20 9');
});

test('at most 50,000 lines are kept of a tail; older ones can be asked for again', async (context) => {
  const { list, tell } = setUp(context, { first: { rows: [row(1)], stats } });
  await settle();
  for (let start = 0; start < 60_000; start += 500)
    tell(Array.from({ length: 500 }, (_, index) => row(10 + start + index)));
  assert.equal(list.state().rows.length, 50_000);
  assert.equal(list.state().hasMore, true);
});

test('rows of one time are in the order of their sequence', () => {
  assert.equal(times(mergeRows([row(5, 10), row(5, 9)], [row(5, 11), row(5, 9)], 'newest')), '5_11 5_10 5_9');
  assert.equal(times(mergeRows([row(1)], [row(3), row(2)], 'oldest')), '1 2 3');
});
