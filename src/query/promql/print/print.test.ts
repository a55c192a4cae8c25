import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { formatQuery, printQuery } from '#query/promql/print/index.ts';

const parser = createParser(createFunctions());

const PRINTED: Readonly<Record<string, string>> = {
  'sum(rate(a{x="y",b!="c"}[5m]))by(x)': 'sum by (x) (rate(a{b!="c",x="y"}[5m]))',
  'sum without() (a)': 'sum without () (a)',
  'sum by() (a)': 'sum(a)',
  'topk(3,a)': 'topk(3, a)',
  'a==bool on(x)group_left b': 'a == bool on (x) group_left () b',
  'a*ignoring(x)b': 'a * ignoring (x) b',
  'a+fill(0)b': 'a + fill (0) b',
  '{"a.b","x.y"="z"}': '{"a.b","x.y"="z"}',
  'sum by ("a.b") (c)': 'sum by ("a.b") (c)',
  'a offset 90m': 'a offset 1h30m',
  'a @ 1.5 offset -1w': 'a @ 1.500 offset -1w',
  'a[1d2h:]@end()': 'a[1d2h:] @ end()',
  'a[step()+min_of(1m,range())]': 'a[step() + min_of(1m, range())]',
  'a[5m] smoothed @ 1': 'a[5m] smoothed @ 1.000',
  "'it\\'s \"x\"\\n'": '"it\'s \\"x\\"\\n"',
  '1e3 * -Inf': '1000 * -Inf',
  '-(a)': '-(a)',
  'info(a, {__name__="b"})': 'info(a, {"b"})',
  '{__name__="on"}': '{"on"}',
};

for (const [text, printed] of Object.entries(PRINTED)) {
  test(`${text} is printed as ${printed}`, () => {
    assert.equal(printQuery(parser.parse(text)), printed);
    assert.equal(printQuery(parser.parse(printed)), printed);
  });
}

test('a query of a hundred characters stays on its line', () => {
  const text = `sum(${'a'.repeat(95)})`;
  assert.equal(text.length, 100);
  assert.equal(formatQuery(parser.parse(text)), text);
});

test('longer queries are split at operators, calls, aggregations and parentheses', () => {
  const [long, other] = ['a'.repeat(60), 'b'.repeat(50)];
  const text = `sum by (x) (rate(${long}[5m]) / on (x) (${other} + topk(3, ${long})))`;
  const expected = [
    'sum by (x) (',
    `    rate(${long}[5m])`,
    '  / on (x)',
    '    (',
    `        ${other}`,
    '      +',
    `        topk(3, ${long})`,
    '    )',
    ')',
  ];
  assert.equal(formatQuery(parser.parse(text)), expected.join('\n'));
});
