import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLogParser } from '#parsing/create-log-parser.ts';
import type { Pattern } from './pattern.ts';
import { MAX_PATTERNS, MAX_SERVICE_PATTERNS, PatternMiner } from './pattern-miner.ts';

const LINES = new URL('../../../../shared/data/logs/cases/', import.meta.url);
/** A word without digits for each number. */
const word = (n: number): string => [...String(n)].map((digit) => 'klmnopqrst'[Number(digit)]).join('');

const take = (miner: PatternMiner, ...lines: readonly string[]): (Pattern | undefined)[] =>
  lines.map((line, i) => miner.take('svc', line, i));
const texts = (miner: PatternMiner): string[] =>
  [...miner.live].map(({ count, words }) => `${count} ${words.join(' ')}`);

test('lines of one shape are one pattern, others are others, each with its times', () => {
  const miner = new PatternMiner();
  take(miner, 'user 1 came', 'disk full', 'user 22 came');
  miner.take('other', 'disk full', 9);
  assert.deepEqual(texts(miner), ['2 user <*> came', '1 disk full', '1 disk full']);
  const [first] = miner.live;
  assert.deepEqual([first?.first, first?.last], [0, 2]);
  assert.equal(miner.take('svc', ' \n ', 0), undefined);
});

test('a place with five different words becomes variable, the oldest id lives on', () => {
  const miner = new PatternMiner();
  const born = take(miner, ...['ann', 'bob', 'eve', 'joe'].map((name) => `user ${name} logged in`));
  assert.equal(miner.size, 4);
  take(miner, 'user kim logged in', 'user lea logged in');
  assert.deepEqual(texts(miner), ['6 user <*> logged in']);
  const [oldest, ...others] = born;
  for (const other of others) assert.equal(miner.currentId(other?.id ?? ''), oldest?.id);
  assert.equal(miner.known(others[0]?.id ?? '')?.count, 6);
});

test('two variable places are found, the words around them stay apart', () => {
  const miner = new PatternMiner();
  for (let i = 0; i < 5_000; i += 1) {
    take(miner, `user ${word((i * 7919) % 300)} from ${word((i * 104_729) % 293)} logged ${i % 2 ? 'in' : 'out'}`);
  }
  assert.deepEqual(texts(miner).sort(), ['2500 user <*> from <*> logged in', '2500 user <*> from <*> logged out']);
});

test('what is left of a pattern says something', () => {
  const miner = new PatternMiner();
  for (let i = 0; i < 40; i += 1) take(miner, `${i} ${word(i)}`, word(i));
  assert.ok(!texts(miner).some((text) => /^\d+ (<\*>\s?)+$/.test(text)), texts(miner).join());
});

test('patterns are bounded: what has no room is one pattern of its service', () => {
  const miner = new PatternMiner();
  for (let i = 0; i < 3_000; i += 1) take(miner, `${word(i * 7)} ${word(i * 31)} ${word(i * 101)} ${word(i * 1_009)}`);
  assert.ok(miner.size <= MAX_SERVICE_PATTERNS + 1, String(miner.size));
  const other = [...miner.live].find(({ isOther }) => isOther);
  assert.ok((other?.count ?? 0) > 1_000);
  for (let i = 0; i < 30_000; i += 1) miner.take(`s${i % 100}`, `${word(i)} ${word(i * 31)} ${word(i * 101)}`, 1);
  assert.ok(miner.size <= MAX_PATTERNS + 101, String(miner.size));
  const sum = [...miner.live].reduce((lines, { count }) => lines + count, 0);
  assert.equal(sum, 33_000);
});

test('room comes back from what has not been seen for a week', () => {
  const miner = new PatternMiner();
  const day = 86_400_000;
  for (let i = 0; i < MAX_SERVICE_PATTERNS; i += 1)
    miner.take('svc', `${word(i * 7)} ${word(i * 31)} is unlike ${word(i * 13)}`, day);
  miner.take('svc', 'fresh news arrived', 9 * day);
  miner.take('svc', 'this is another line', 9 * day + 1);
  const last = [...miner.live].at(-1);
  assert.equal(last?.words.join(' '), 'this is another line');
});

test('ids are those of the text, in any process', () => {
  const ids = [1, 2].map(() => take(new PatternMiner(), 'user 1 came', 'disk full').map((pattern) => pattern?.id));
  assert.deepEqual(ids[0], ids[1]);
  assert.match(ids[0]?.[0] ?? '', /^[0-9a-f]{16}$/);
});

test('a pattern is split by a word, and put together again', () => {
  const miner = new PatternMiner();
  const [whole] = take(miner, 'status 200 for a', 'status 500 for a');
  const id = whole?.id ?? '';
  miner.orders = { splits: { [id]: 1 }, merges: {}, pins: [] };
  const [ok, bad, again] = take(miner, 'status 200 for a', 'status 500 for a', 'status 200 for a');
  assert.deepEqual([ok?.words.join(' '), ok?.count, again], ['status 200 for a', 2, ok]);
  assert.deepEqual([bad?.count, bad?.splitFrom, whole?.count], [1, id, 2]);
  for (let i = 0; i < 100; i += 1) take(miner, `status ${i} for a`);
  assert.ok(miner.size <= 51, String(miner.size));
  miner.orders = { splits: {}, merges: {}, pins: [] };
  assert.deepEqual([miner.size, whole?.count, miner.currentId(ok?.id ?? '')], [1, 105, id]);
  assert.equal(take(miner, 'status 200 for a')[0], whole);
});

test('recorded logs have far fewer patterns than lines', { skip: !existsSync(LINES) && 'no recorded lines' }, () => {
  const counted = readdirSync(LINES).map((file) => {
    const miner = new PatternMiner();
    const parser = createLogParser();
    const lines = readFileSync(new URL(file, LINES), 'utf8').trim().split('\n');
    for (const line of lines) {
      const record = parser.parse({ body: (JSON.parse(line) as { input: string }).input }, 0);
      if (record !== undefined) miner.take(record.service, record.body, record.t);
    }
    return { lines: lines.length, patterns: miner.size };
  });
  const [lines, patterns] = [sum(counted.map((one) => one.lines)), sum(counted.map((one) => one.patterns))];
  assert.ok(lines > 1_000 && patterns < lines / 2 && patterns > 100, `${patterns} of ${lines}`);
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
