import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { formatQuery, printQuery } from '#query/promql/print/index.ts';

const parser = createParser(createFunctions());

const name = fc.constantFrom('a', 'up', 'sum', 'by', 'rate', 'job:x:rate5m', 'offset', 'inf', 'a.b', 'é"\n', 'start');
const label = fc.constantFrom('x', 'job', 'by', 'on', 'a.b', 'é');
const matcher = fc.record({
  label,
  op: fc.constantFrom('=', '!=', '=~', '!~'),
  value: fc.constantFrom('', 'a', 'a|b', '\\d+', '"'),
});
const ms = fc.integer({ min: 1, max: 10 ** 12 });
const timing = fc.record(
  {
    offset: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
    at: fc.oneof(fc.constantFrom('start', 'end'), fc.integer({ min: -(10 ** 12), max: 10 ** 12 })),
  },
  { requiredKeys: ['offset'] },
);
const selector = fc.tuple(name, fc.array(matcher, { maxLength: 3 }), timing).map(([value, matchers, time]) => ({
  kind: 'selector',
  matchers: [{ label: '__name__', op: '=', value }, ...matchers],
  ...time,
}));
const matrix = fc.record({ kind: fc.constant('matrix'), selector, range: ms }).map((value) => value);

/** Expressions of instant vectors; operands of operators stand in parentheses, so that no order of operators is assumed. */
const { vector } = fc.letrec((tie) => {
  const operand = fc.record({ kind: fc.constant('paren'), expr: tie('vector') });
  const matching = fc.record({
    cardinality: fc.constantFrom('one-to-one', 'many-to-one', 'one-to-many'),
    on: fc.boolean(),
    labels: fc.uniqueArray(label, { maxLength: 2 }),
  });
  return {
    vector: fc.oneof(
      { maxDepth: 4 },
      selector,
      fc.record({ kind: fc.constant('call'), name: fc.constant('rate'), args: fc.tuple(matrix) }),
      fc.record({ kind: fc.constant('unary'), op: fc.constantFrom('+', '-'), expr: operand }),
      fc.record({
        kind: fc.constant('aggregate'),
        op: fc.constantFrom('sum', 'max'),
        expr: tie('vector'),
        without: fc.boolean(),
        labels: fc.array(label, { maxLength: 2 }),
      }),
      fc
        .tuple(fc.constantFrom('+', '/', '==', '^', 'atan2'), operand, operand, matching)
        .map(([op, left, right, match]) => ({
          kind: 'binary',
          op,
          left,
          right,
          returnBool: op === '==',
          matching: { ...match, include: [] },
        })),
      fc.tuple(operand, ms, timing).map(([expr, range, time]) => ({
        kind: 'call',
        name: 'max_over_time',
        args: [{ kind: 'subquery', expr, range, step: range % 2 === 0 ? undefined : range, ...time }],
      })),
    ),
  };
});

/** Without positions; the order of matchers is not kept. */
const plain = (expr: unknown): unknown =>
  JSON.parse(
    JSON.stringify(expr, (key, value: unknown) => {
      if (key === 'from' || key === 'to') return undefined;
      return key === 'matchers' && Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
    }),
  );

test('what is printed or laid out reads as the same expression', () => {
  fc.assert(
    fc.property(vector, (expr) => {
      const wanted = plain(expr);
      const printed = printQuery(expr as Parameters<typeof printQuery>[0]);
      const read = parser.parse(printed);
      assert.deepEqual(plain(read), wanted);
      assert.deepEqual(plain(parser.parse(formatQuery(read))), wanted);
    }),
    { numRuns: 500 },
  );
});

const word = fc.constantFrom(
  'a',
  'sum',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '5m',
  ':',
  'by',
  'on',
  '+',
  '-',
  '^',
  'offset',
  '@',
  '"x"',
  '=',
  '=~',
  ',',
  'rate',
  '1',
  ' ',
  '\n',
  '#',
  '"',
  '\\',
  'inf',
  'step()',
  'bool',
  'é',
);

test('no text makes anything but an expression or the error bad_query', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
      ),
      (text) => {
        try {
          printQuery(parser.parse(text));
        } catch (error) {
          assert.ok(error instanceof AppError && error.code === 'bad_query', String(error));
          assert.match(error.message, /^\d+:\d+: parse error: ./);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
