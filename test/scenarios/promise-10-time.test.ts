import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import type { WriteAnswer } from '#core/plugin/input.ts';
import { Product } from '#test/product/product.ts';
import { conservedAccounts } from './graphite-stream.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
/** Of the settings: `futureWindow` and `maxAge`. */
const FUTURE = 10 * MINUTE;
const MAX_AGE = 14 * DAY;

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.remove());

const now = (): number => Math.floor(Date.now() / 1000);

async function send(lines: readonly string[]): Promise<WriteAnswer> {
  return product.json<WriteAnswer>('/api/ingest/graphite', { method: 'POST', body: lines.join('\n') });
}

const stored = (): Promise<void> => product.until(async () => (await product.self()).spool.files === 0);

type Rendered = { readonly target: string; readonly datapoints: readonly (readonly [number | null, number])[] };

/** Points of a path that have a value, as `[value, second]`. */
async function points(path: string, from: number, until: number): Promise<[number, number][]> {
  const query = new URLSearchParams({ target: path, from: String(from), until: String(until), format: 'json' });
  const rendered = await product.json<Rendered[]>(`/render?${query.toString()}`);
  return rendered.flatMap(({ datapoints }) =>
    datapoints.filter((point): point is [number, number] => point[0] !== null),
  );
}

test('samples beyond the limits of time are refused one by one, and reported', async () => {
  const at = now();
  const table = [
    { time: at, reason: undefined },
    { time: at + FUTURE - 5, reason: undefined },
    { time: at + FUTURE + 60, reason: 'future' },
    { time: at + 10 * 365 * DAY, reason: 'future' },
    { time: 99_999_999_999_999, reason: 'future' },
    { time: at - MAX_AGE + HOUR, reason: undefined },
    { time: at - MAX_AGE - HOUR, reason: 'too_old' },
    { time: 1, reason: 'too_old' },
  ];
  const answer = await send(table.map(({ time }, i) => `time.limit.s${i} ${i} ${time}`));
  const expected = table.flatMap(({ reason }, i) => (reason === undefined ? [] : [{ line: i + 1, reason }]));
  assert.deepEqual(answer, { accepted: 3, rejectedTotal: expected.length, rejected: expected });
  await stored();
  const rows = await product.sql<{ path: string }>(
    "SELECT path FROM series WHERE path LIKE 'time.limit.%' GROUP BY path ORDER BY path",
  );
  assert.deepEqual(
    rows.map(({ path }) => path),
    ['time.limit.s0', 'time.limit.s1', 'time.limit.s5'],
    'what was refused has left no series',
  );
});

test('a TCP sender with a wrong clock is counted by reason, and its good lines are kept', async () => {
  const at = now();
  const rejectedBefore = await rejectedByTcp();
  const socket = connect(await product.listener('graphite-plaintext/tcp'));
  await once(socket, 'connect');
  const lines = Array.from({ length: 300 }, (_, i) => {
    const time = [at, at + DAY, at - 30 * DAY][i % 3] ?? at;
    return `time.clock.s${i % 30} ${i} ${i % 3 === 0 ? time - i : time}\n`;
  });
  socket.resume().end(lines.join(''));
  await once(socket, 'close');
  await product.until(async () => (await rejectedByTcp()).total - rejectedBefore.total === 200);
  const rejected = await rejectedByTcp();
  assert.equal(rejected.future - rejectedBefore.future, 100);
  assert.equal(rejected.tooOld - rejectedBefore.tooOld, 100);
  const count = async (): Promise<number> => {
    const [row] = await product.sql<{ n: string }>(
      "SELECT count() AS n FROM samples WHERE (family, id) IN (SELECT family, id FROM series WHERE path LIKE 'time.clock.%')",
    );
    return Number(row?.n);
  };
  await product.until(async () => (await count()) === 100);
});

async function rejectedByTcp(): Promise<{ total: number; future: number; tooOld: number }> {
  const account = (await conservedAccounts(product)).find(({ input }) => input === 'graphite-plaintext');
  const { future = 0, too_old: tooOld = 0 } = account?.rejected ?? {};
  return { total: future + tooOld, future, tooOld };
}

/** One sample a minute of an hour two days ago, value = minute, sent in this order of minutes. */
async function sendMinutes(path: string, start: number, minutes: readonly number[]): Promise<void> {
  const answer = await send(minutes.map((minute) => `${path} ${minute} ${start + minute * MINUTE}`));
  assert.equal(answer.accepted, minutes.length);
  await stored();
}

test('late samples are taken, and stand in their places', async () => {
  const start = Math.floor(now() / HOUR) * HOUR - 2 * DAY;
  const minutes = Array.from({ length: 60 }, (_, minute) => minute);
  // The last first, then what lies between, then what is older than all, backwards.
  await sendMinutes(
    'time.late',
    start,
    minutes.filter((minute) => minute > 40),
  );
  await sendMinutes(
    'time.late',
    start,
    minutes.filter((minute) => minute > 20 && minute <= 40),
  );
  await sendMinutes('time.late', start, minutes.filter((minute) => minute <= 20).reverse());
  const found = await points('time.late', start - MINUTE, start + HOUR - MINUTE);
  assert.deepEqual(
    found,
    minutes.map((minute) => [minute, start + minute * MINUTE]),
  );
});

test('samples of one series at one time: one of them is answered, and always the same', async () => {
  const start = Math.floor(now() / HOUR) * HOUR - 3 * DAY;
  const minutes = Array.from({ length: 60 }, (_, minute) => minute);
  const at = start + 30 * MINUTE;
  await sendMinutes('time.twice', start, minutes);
  // Two more in one batch, one in a later one.
  await send([`time.twice 1007 ${at}`, `time.twice 1003 ${at}`]);
  await stored();
  await send([`time.twice 1011 ${at}`]);
  await stored();
  const first = await points('time.twice', start - MINUTE, start + HOUR - MINUTE);
  assert.equal(first.length, 60, 'no point more');
  const [value] = first[30] ?? [];
  assert.ok(value !== undefined && [30, 1_007, 1_003, 1_011].includes(value), `${value} was sent`);
  assert.deepEqual(
    first.filter(([, second]) => second !== at),
    minutes.filter((minute) => minute !== 30).map((minute) => [minute, start + minute * MINUTE]),
  );
  assert.deepEqual(await points('time.twice', start - MINUTE, start + HOUR - MINUTE), first);
});
