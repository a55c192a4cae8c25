import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser, resolveDurations } from '#query/promql/parse/index.ts';
import { printQuery } from '#query/promql/print/index.ts';
import { selectorsOf } from '#query/promql/walk.ts';

const parser = createParser(createFunctions());

/** The expression of a query without the positions of its parts. */
const structure = (text: string): string =>
  JSON.stringify(parser.parse(text), (key, value) => (key === 'from' || key === 'to' ? undefined : value));

const SAME_STRUCTURE = [
  ['-1^2', '-1 ^ 2'],
  ['a + b offset 5m * c', 'a + b  offset 5m*c'],
  ['sum(a) by (x)', 'sum by (x) (a)'],
  ['SUM(a)', 'sum(a)'],
  ['{__name__="a"}', 'a'],
  ['{"a", b="c"}', 'a{b="c"}'],
  ['1_000', '1000'],
  ['0x1f', '31'],
  ['017', '15'],
  ['a/2.', 'a / 2'],
  ['0X1F', '31'],
  ['"\\x41\\u00e9\\101"', "'AéA'"],
  ['a[1h30m]', 'a[90m]'],
  ['a[300]', 'a[5m]'],
  ['a and b', 'a AND b'],
  ['a # comment\n+ b', 'a + b'],
  ['a offset -5m @ 10', 'a @ 10 offset -5m'],
] as const;

for (const [one, other] of SAME_STRUCTURE) {
  test(`${JSON.stringify(one)} reads as ${JSON.stringify(other)}`, () =>
    assert.equal(structure(one), structure(other)));
}

test('operators bind as in Prometheus: modifiers tightest, then ^, signs, * and so on', () => {
  const power = parser.parse('-1 ^ 2');
  assert.equal(power.kind === 'unary' && power.expr.kind, 'binary');
  const sum = parser.parse('a + b offset 5m * 2 ^ 3 ^ 4');
  assert.ok(sum.kind === 'binary' && sum.op === '+' && sum.right.kind === 'binary' && sum.right.op === '*');
  assert.ok(sum.right.left.kind === 'selector' && sum.right.left.offset === 300_000);
  assert.ok(sum.right.right.kind === 'binary' && sum.right.right.right.kind === 'binary');
  const left = parser.parse('a - b - c');
  assert.ok(left.kind === 'binary' && left.left.kind === 'binary');
});

test('matching is there only between vectors, many-to-many for sets', () => {
  const [scalar, sets] = [parser.parse('a * 2'), parser.parse('a or on (x) b')];
  assert.ok(scalar.kind === 'binary' && scalar.matching === undefined);
  assert.ok(sets.kind === 'binary');
  assert.deepEqual(sets.matching, { cardinality: 'many-to-many', on: true, labels: ['x'], include: [] });
});

test('durations that need the evaluation are resolved with its step and range', () => {
  const expr = resolveDurations(parser.parse('rate(a[step() * 2 + range()] offset -step())'), {
    step: 1_000,
    range: 5_000,
  });
  assert.ok(expr.kind === 'call' && expr.args[0]?.kind === 'matrix');
  assert.deepEqual([expr.args[0].range, expr.args[0].selector.offset], [7_000, -1_000]);
  assert.throws(() => resolveDurations(parser.parse('a[step()]'), { step: 0, range: 0 }), /must be greater than 0/);
});

test('selectors are found in the order of the text', () => {
  const names = selectorsOf(parser.parse('a + topk(scalar(b), rate(c[5m])) / d')).map(
    (found) => found.matchers[0]?.value,
  );
  assert.deepEqual(names, ['a', 'b', 'c', 'd']);
});

test('bytes that are not UTF-8 survive reading and printing, as text that is not well-formed', () => {
  const expr = parser.parse('"a\\xc5z"');
  assert.ok(expr.kind === 'string' && !expr.value.isWellFormed());
  assert.equal(printQuery(expr), '"a\\xc5z"');
});

const HOSTILE = {
  parentheses: `${'('.repeat(20_000)}a${')'.repeat(20_000)}`,
  signs: `${'-'.repeat(60_000)}a`,
  powers: `a${'^a'.repeat(20_000)}`,
  sums: `a${'+a'.repeat(20_000)}`,
  calls: `${'abs('.repeat(10_000)}a${')'.repeat(10_000)}`,
  durations: `a[${'('.repeat(20_000)}5m${')'.repeat(20_000)}]`,
  subqueries: `a${'[5m:]'.repeat(10_000)}`,
  length: `a${' '.repeat(70_000)}`,
  braces: '{'.repeat(60_000),
};

for (const [name, text] of Object.entries(HOSTILE)) {
  test(`hostile ${name} are refused with a clear error`, () => {
    assert.throws(
      () => parser.parse(text),
      (error) => error instanceof AppError && error.code === 'bad_query',
    );
  });
}

test('nesting of a hundred parentheses and a sum of five hundred terms are read', () => {
  assert.equal(parser.parse(`${'('.repeat(100)}a${')'.repeat(100)}`).kind, 'paren');
  assert.equal(parser.parse(`a${' + a'.repeat(500)}`).kind, 'binary');
  assert.equal(parser.parse(`a${' or a{x="1"}'.repeat(900)}`).kind, 'binary');
});

for (const text of [
  'holt_winters(a[5m], 0.5, 0.1)',
  'min_of(1, max_of(2, 3))',
  'a[min_of(1m, 2m)] offset -max_of(1m, 2m)',
]) {
  test(`what the grammar has only in durations, or no more, is read as it is written: ${text}`, () => {
    assert.equal(printQuery(parser.parse(text)), text);
  });
}

test('functions of durations are written in any case; those of the language are not', () => {
  assert.equal(
    structure('a[STEP() + Min_Of(1m, 2m)] offset -MAX_OF(1m, 2m)'),
    structure('a[step() + min_of(1m, 2m)] offset -max_of(1m, 2m)'),
  );
  assert.throws(() => parser.parse('STEP()'), /unknown function with name "STEP"/);
  assert.equal(parser.parse('min_of').kind, 'selector');
});

test('a histogram is cut with an operator that binds as comparisons do', () => {
  const cut = parser.parse('a >/ 1 + 2 and b');
  assert.ok(cut.kind === 'binary' && cut.op === 'and' && cut.left.kind === 'binary' && cut.left.op === '>/');
  assert.ok(cut.left.right.kind === 'binary' && cut.left.right.op === '+');
  assert.throws(() => parser.parse('start_timestamp(a)'), /start timestamps of samples are not stored/);
});
