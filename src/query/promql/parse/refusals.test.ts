import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';

const parser = createParser(createFunctions());

const REFUSED: Readonly<Record<string, string>> = {
  '': '1:1: parse error: no expression found in input',
  '# only a comment': '1:1: parse error: no expression found in input',
  'rate(a[5m': '1:10: parse error: unclosed left bracket',
  '(a': '1:3: parse error: unclosed left parenthesis',
  'a)': "1:2: parse error: unexpected right parenthesis ')'",
  'a{x="y"': '1:8: parse error: unexpected end of input inside braces',
  '"abc': '1:1: parse error: unterminated quoted string',
  'foo(a)': '1:1: parse error: unknown function with name "foo"',
  'a +\n  RATE(a[5m])': '2:3: parse error: unknown function with name "RATE"',
  'rate(a[5m], 2)': '1:1: parse error: expected 1 argument(s) in call to "rate", got 2',
  'round()': '1:1: parse error: expected at least 1 argument(s) in call to "round", got 0',
  'round(a, 1, 2)': '1:1: parse error: expected at most 2 argument(s) in call to "round", got 3',
  'rate(a)': '1:6: parse error: expected type range vector in call to function "rate", got instant vector',
  'sum(1)': '1:5: parse error: expected type instant vector in aggregation expression, got scalar',
  'topk(a, b)': '1:6: parse error: expected type scalar in aggregation parameter, got instant vector',
  'sum()': '1:1: parse error: no arguments for aggregate expression provided',
  'topk(a)': '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1',
  'rate(a[5m],)': '1:11: parse error: trailing commas not allowed in function call args',
  '1 == 2': '1:3: parse error: comparisons between scalars must use BOOL modifier',
  'a + bool b': '1:3: parse error: bool modifier can only be used on comparison operators',
  '1 and a': '1:1: parse error: set operator "and" not allowed in binary scalar expression',
  'a + on (x) 1': '1:1: parse error: vector matching only allowed between instant vectors',
  'a and on (x) group_left () b': '1:1: parse error: no grouping allowed for "and" operation',
  'a + on (x) group_left (x) b': '1:3: parse error: label "x" must not occur in ON and GROUP clause at once',
  'a[5m] + 1': '1:1: parse error: binary expression must contain only scalar and instant vector types',
  '-"a"':
    '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"',
  '{}': '1:1: parse error: vector selector must contain at least one non-empty matcher',
  '{x=~".*"}': '1:1: parse error: vector selector must contain at least one non-empty matcher',
  'a{__name__="b"}': '1:1: parse error: metric name must not be set twice: "a" or "b"',
  'a{"b"}': '1:1: parse error: metric name must not be set twice: "a" or "b"',
  'a{x=~"("}': '1:3: parse error: error parsing regexp: "("',
  'a{x="\\q"}': '1:5: parse error: error unquoting string "\\q": invalid syntax',
  'a offset 5m offset 5m': '1:1: parse error: offset may not be set multiple times',
  'a @ 1 @ 2': '1:1: parse error: @ <timestamp> may not be set multiple times',
  '(a) offset 5m':
    '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
  'a offset 5m[5m]': '1:12: parse error: no offset modifiers allowed before range',
  'a @ 5[5m]': '1:6: parse error: no @ modifiers allowed before range',
  'sum(a)[5m]': '1:7: parse error: ranges only allowed for vector selectors',
  'a[5m][5m:]': '1:1: parse error: subquery is only allowed on instant vector, got matrix instead',
  'a[-5m]': '1:3: parse error: duration must be greater than 0',
  '0b1': '1:1: parse error: bad number or duration syntax: "0b1"',
  '1 2': '1:3: parse error: unexpected number "2"',
  'a b': '1:3: parse error: unexpected identifier "b"',
  '*': '1:1: parse error: unexpected <op:*>',
  $: "1:1: parse error: unexpected character: '$'",
  'sum by (a b) (c)': '1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")"',
  'a{x="y" z="w"}': '1:9: parse error: unexpected identifier "z" in label matching, expected "," or "}"',
  'a offset': '1:9: parse error: unexpected end of input in offset, expected duration',
  'info(a, b)': '1:9: parse error: expected label selectors only, got vector selector instead',
  'a[5m:] anchored': '1:1: parse error: anchored modifier is not supported for subqueries',
};

for (const [text, message] of Object.entries(REFUSED)) {
  test(`${JSON.stringify(text)} is refused: ${message}`, () => {
    assert.throws(
      () => parser.parse(text),
      (error) =>
        error instanceof AppError && error.code === 'bad_query' && assert.equal(error.message, message) === undefined,
    );
  });
}

test('an error says where it is, in characters, lines and columns', () => {
  assert.throws(
    () => parser.parse('a +\n  foo(b)'),
    (error) => {
      assert.ok(error instanceof AppError);
      assert.deepEqual(error.details, { from: 6, to: 9, line: 2, column: 3 });
      return true;
    },
  );
});

const EXPERIMENTAL = ['a[5m * 2]', 'a[5m] anchored', 'a + fill (0) b', 'limitk(1, a)', 'mad_over_time(a[5m])'];

for (const text of EXPERIMENTAL) {
  test(`${text} is refused when experimental parts are off`, () => {
    parser.parse(text);
    assert.throws(() => parser.parse(text, { experimental: false }), /not enabled/);
  });
}
