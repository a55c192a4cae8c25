import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import type { BinaryOperator, Expr, VectorSelector } from '#query/promql/ast.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import type { PromSource } from '#query/promql/source.ts';
import { createMemoryStore } from '#query/promql/testing/memory-source.ts';
import { readValues } from '#query/promql/testing/series-values.ts';
import type { Steps } from '#query/promql/value.ts';
import { type EvaluateOptions, evaluate } from './index.ts';

const MINUTE = 60_000;
const span = { from: 0, to: 0 };

const selector = (name: string, options: Partial<VectorSelector> = {}): VectorSelector => ({
  ...span,
  kind: 'selector',
  matchers: [{ label: '__name__', op: '=', value: name }],
  offset: 0,
  ...options,
});
const call = (name: string, ...args: Expr[]): Expr => ({ ...span, kind: 'call', name, args });
const range = (of: VectorSelector, minutes: number): Expr => ({
  ...span,
  kind: 'matrix',
  selector: of,
  range: minutes * MINUTE,
});
const number = (value: number): Expr => ({ ...span, kind: 'number', value });
const binary = (op: BinaryOperator, left: Expr, right: Expr): Expr => ({
  ...span,
  kind: 'binary',
  op,
  left,
  right,
  returnBool: false,
});
const sum = (expr: Expr, labels: string[] = []): Expr => ({
  ...span,
  kind: 'aggregate',
  op: 'sum',
  expr,
  without: false,
  labels,
});

function sourceOf(series: Readonly<Record<string, string>>): PromSource {
  const store = createMemoryStore();
  for (const [key, values] of Object.entries(series)) {
    const [name = '', instance = ''] = key.split('/');
    store.append(
      { __name__: name, ...(instance === '' ? {} : { instance }) },
      readValues(values).flatMap((value, i) => (value === undefined ? [] : [{ t: i * MINUTE, value }])),
    );
  }
  return store.source;
}

const optionsOf = (source: PromSource, steps: Steps): EvaluateOptions => ({
  steps,
  source,
  functions: createFunctions(),
  lookback: 5 * MINUTE,
  limits: { samples: 10_000, depth: 50 },
  signal: new AbortController().signal,
  experimental: false,
});

const at = (minute: number): Steps => ({ start: minute * MINUTE, step: 0, count: 1 });
const minutes = (from: number, count: number): Steps => ({ start: from * MINUTE, step: MINUTE, count });

/** Series as `name/instance`, each with its values per step; `-` where it is absent. */
async function ask(expr: Expr, source: PromSource, steps: Steps): Promise<Record<string, string>> {
  const { value } = await evaluate(expr, optionsOf(source, steps));
  assert.equal(value.kind, 'vector');
  if (value.kind !== 'vector') return {};
  return Object.fromEntries(
    value.series.map(({ labels, values, present }) => [
      `${labels['__name__'] ?? ''}/${labels['instance'] ?? ''}`,
      [...values].map((number, step) => (present[step] === 1 ? String(number) : '-')).join(' '),
    ]),
  );
}

test('a selector finds the last sample within the lookback, which is open on the left', async () => {
  const source = sourceOf({ 'up/a': '1 2', 'up/b': '3 stale' });
  assert.deepEqual(await ask(selector('up'), source, minutes(0, 8)), {
    'up/a': '1 2 2 2 2 2 - -',
    'up/b': '3 - - - - - - -',
  });
});

test('offsets look back or ahead, and @ fixes the time at every step', async () => {
  const source = sourceOf({ up: '0+1x10' });
  assert.deepEqual(await ask(selector('up', { offset: 2 * MINUTE }), source, minutes(3, 3)), { 'up/': '1 2 3' });
  assert.deepEqual(await ask(selector('up', { offset: -2 * MINUTE }), source, minutes(3, 3)), { 'up/': '5 6 7' });
  assert.deepEqual(await ask(selector('up', { at: 4 * MINUTE }), source, minutes(3, 3)), { 'up/': '4 4 4' });
  assert.deepEqual(await ask(selector('up', { at: 'end' }), source, minutes(3, 3)), { 'up/': '5 5 5' });
});

test('windows of range functions are open on the left', async () => {
  const source = sourceOf({ up: '1+1x10' });
  const counted = call('count_over_time', range(selector('up'), 2));
  assert.deepEqual(await ask(counted, source, minutes(0, 4)), { '/': '1 2 2 2' });
});

test('a subquery is evaluated at multiples of its step, whatever the steps of the query are', async () => {
  const source = sourceOf({ up: '0+1x10' });
  const inner: Expr = {
    ...span,
    kind: 'subquery',
    expr: selector('up'),
    range: 4 * MINUTE,
    step: 2 * MINUTE,
    offset: 0,
  };
  assert.deepEqual(await ask(call('sum_over_time', inner), source, minutes(5, 2)), { '/': '6 10' });
});

test('operators match series by their labels and drop the name', async () => {
  const source = sourceOf({ 'a/x': '1 2', 'b/x': '10 20', 'a/y': '5 5' });
  assert.deepEqual(await ask(binary('+', selector('a'), selector('b')), source, minutes(0, 2)), { '/x': '11 22' });
  assert.deepEqual(await ask(binary('>', selector('a'), number(1)), source, minutes(0, 2)), {
    'a/x': '- 2',
    'a/y': '5 5',
  });
});

test('aggregations group by labels', async () => {
  const source = sourceOf({ 'a/x': '1 2', 'b/x': '10 20', 'a/y': '5 5' });
  const all = selector('.', { matchers: [{ label: '__name__', op: '=~', value: 'a|b' }] });
  assert.deepEqual(await ask(sum(all, ['instance']), source, minutes(0, 2)), { '/x': '11 22', '/y': '5 5' });
});

test('equal selectors are read once, each with the interval that it needs', async () => {
  const source = sourceOf({ up: '0+1x10' });
  const reads: unknown[] = [];
  const counting: PromSource = {
    ...source,
    select: (matchers, interval, options) => {
      reads.push([matchers[0]?.value, interval.from / MINUTE, interval.to / MINUTE]);
      return source.select(matchers, interval, options);
    },
  };
  const expr = binary('+', binary('+', selector('up'), selector('up')), call('rate', range(selector('up'), 2)));
  await evaluate(expr, optionsOf(counting, minutes(6, 3)));
  const open = 1 / MINUTE;
  assert.deepEqual(reads, [
    ['up', 1 + open, 8],
    ['up', 4 + open, 8],
  ]);
});

test('what a source can evaluate itself is not read', async () => {
  const asked: unknown[] = [];
  const source: PromSource = {
    ...sourceOf({ up: '0+1x10' }),
    pushdown: async ({ fn, steps, window }) => {
      asked.push([fn, steps, window]);
      if (fn !== 'rate') return undefined;
      return [{ labels: { __name__: 'up' }, values: new Float64Array([7, 8]), present: new Uint8Array([1, 1]) }];
    },
  };
  const shifted = selector('up', { offset: MINUTE });
  assert.deepEqual(await ask(call('rate', range(shifted, 2)), source, minutes(6, 2)), { '/': '7 8' });
  assert.deepEqual(await ask(selector('up'), source, minutes(6, 2)), { 'up/': '6 7' });
  const { annotations } = await evaluate(call('rate', range(shifted, 2)), optionsOf(source, minutes(6, 2)));
  assert.match(annotations.map(({ message }) => message).join(), /might not be a counter.*"up"/);
  assert.deepEqual(asked.slice(0, 2), [
    ['rate', minutes(5, 2), 2 * MINUTE],
    [undefined, minutes(6, 2), 5 * MINUTE],
  ]);
});

const failure = async (expr: Expr, options: EvaluateOptions): Promise<AppError> => {
  const error: unknown = await evaluate(expr, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AppError, String(error));
  return error;
};

test('hostile queries end with an error that says why', async () => {
  const source = sourceOf({ up: '0+1x10' });
  const tooMany = await failure(selector('up'), { ...optionsOf(source, minutes(0, 20_000)) });
  assert.equal(tooMany.code, 'limit_rows');
  assert.match(tooMany.message, /too many samples into memory/);
  let deep: Expr = number(1);
  for (let i = 0; i < 20_000; i++) deep = { ...span, kind: 'paren', expr: deep };
  assert.equal((await failure(deep, optionsOf(source, at(1)))).code, 'bad_query');
  const signal = AbortSignal.abort(new DOMException('', 'TimeoutError'));
  assert.equal((await failure(selector('up'), { ...optionsOf(source, at(1)), signal })).code, 'limit_time');
});

test('other work of the thread goes on while a query is evaluated', async () => {
  const matchers: Matcher[] = [{ label: '__name__', op: '=', value: 'up' }];
  const samples = { t: Float64Array.from({ length: 2000 }, (_, i) => i * 1000), v: new Float64Array(2000) };
  const source: PromSource = {
    ...sourceOf({}),
    select: async () => Array.from({ length: 500 }, (_, i) => ({ labels: { __name__: 'up', i: String(i) }, samples })),
  };
  const signal = new AbortController();
  const options = {
    ...optionsOf(source, { start: 0, step: 1000, count: 2000 }),
    limits: { samples: 1e8, depth: 50 },
    signal: signal.signal,
  };
  const slow = evaluate(sum(call('avg_over_time', range(selector('up', { matchers }), 5))), options);
  setTimeout(() => signal.abort(), 1);
  await assert.rejects(slow, { code: 'cancelled' });
});
