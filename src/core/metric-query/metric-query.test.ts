import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMetricQuery } from './parse.ts';
import { printMetricQuery } from './print.ts';
import { AGGREGATIONS, MATCH_OPERATORS, type MetricQuery, SERIES_FUNCTIONS } from './query.ts';
import { MetricQuerySyntaxError } from './syntax-error.ts';
import { substituteVariables } from './variables.ts';

const name = (value: string) => ({ label: '__name__', op: '=' as const, value });
const path = (value: string) => ({ label: '__path__', op: '=' as const, value });

const READ: readonly [text: string, expected: MetricQuery][] = [
  ['up', { matchers: [name('up')], fn: 'raw' }],
  ['sum', { matchers: [name('sum')], fn: 'raw' }],
  ['up{}', { matchers: [name('up')], fn: 'raw' }],
  [
    `up{host="a", dev=~'sd[a-z]+',x!="",y!~"b\\\\d"}`,
    {
      matchers: [
        name('up'),
        { label: 'host', op: '=', value: 'a' },
        { label: 'dev', op: '=~', value: 'sd[a-z]+' },
        { label: 'x', op: '!=', value: '' },
        { label: 'y', op: '!~', value: 'b\\d' },
      ],
      fn: 'raw',
    },
  ],
  ['{host="a",}', { matchers: [{ label: 'host', op: '=', value: 'a' }], fn: 'raw' }],
  ['{"http.code", a.b="1"}', { matchers: [name('http.code'), { label: 'a.b', op: '=', value: '1' }], fn: 'raw' }],
  ['rate(a_total[5m])', { matchers: [name('a_total')], fn: 'rate' }],
  ['servers.web-*.cpu.user', { matchers: [path('servers.web-*.cpu.user')], fn: 'raw' }],
  ['{a,b}.x[0-9].{c,d*}', { matchers: [path('{a,b}.x[0-9].{c,d*}')], fn: 'raw' }],
  ['web-1', { matchers: [path('web-1')], fn: 'raw' }],
  ['a.b{host="x"}', { matchers: [name('a.b'), { label: 'host', op: '=', value: 'x' }], fn: 'raw' }],
  ['delta(a.b[5m])', { matchers: [path('a.b')], fn: 'delta' }],
  [
    'sum by (a, "b c") (increase(x{y="z"}[1h:5m]))',
    {
      matchers: [name('x'), { label: 'y', op: '=', value: 'z' }],
      fn: 'increase',
      aggregate: { op: 'sum', by: ['a', 'b c'] },
    },
  ],
  [
    'avg(servers.*.load) by (host)',
    { matchers: [path('servers.*.load')], fn: 'raw', aggregate: { op: 'avg', by: ['host'] } },
  ],
  ['count(up)', { matchers: [name('up')], fn: 'raw', aggregate: { op: 'count', by: [] } }],
];

test('queries are read into their matchers, function and aggregation', () => {
  for (const [text, expected] of READ) assert.deepEqual(parseMetricQuery(text), expected, text);
});

const REFUSED: readonly [text: string, message: RegExp, position: number][] = [
  ['', /expected a metric/, 0],
  ['{}', /at least one matcher/, 2],
  ['up{host=a}', /in quotes/, 8],
  ['up{host}', /one of = != =~ !~/, 7],
  ['up{host="a"', /expected '\}'/, 11],
  ['up{host="a}', /never closed/, 8],
  ['up + 1', /end of the query/, 3],
  ['topk(3, up)', /no function 'topk'/, 0],
  ['rate(sum(up))', /outermost/, 5],
  ['sum without (a) (up)', /'without'/, 4],
  ['sum by (a (up)', /expected '\)'/, 10],
];

test('what cannot be read is refused with its position', () => {
  for (const [text, message, position] of REFUSED) {
    assert.throws(
      () => parseMetricQuery(text),
      (error) => error instanceof MetricQuerySyntaxError && message.test(error.message) && error.position === position,
      text,
    );
  }
});

const word = fc.stringMatching(/^[a-z_*.{},\-[\]0-9:$]{1,8}$/);
const matcher = fc.record({
  label: fc.oneof(fc.constantFrom('__name__', '__path__', 'host', 'http.code'), fc.string({ minLength: 1 })),
  op: fc.constantFrom(...MATCH_OPERATORS),
  value: fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    word,
    fc.constantFrom('up', 'a.b', 'a.*.{b,c}', '\\d\n"'),
  ),
});
const query = fc.record(
  {
    matchers: fc.array(matcher, { minLength: 1, maxLength: 4 }),
    fn: fc.constantFrom(...SERIES_FUNCTIONS),
    aggregate: fc.record(
      { op: fc.constantFrom(...AGGREGATIONS), by: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }) },
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ['matchers', 'fn'], noNullPrototype: true },
);

test('a printed query is read back to itself', () => {
  fc.assert(
    fc.property(query, (value) => {
      assert.deepEqual(parseMetricQuery(printMetricQuery(value)), structuredClone(value));
    }),
    { numRuns: 500 },
  );
});

test('the printed form is the short one', () => {
  for (const text of ['up', 'up{host="a", x!~"b"}', 'servers.*.cpu', 'sum by (a, b) (rate(x_total))', 'max(a.b)']) {
    assert.equal(printMetricQuery(parseMetricQuery(text)), text);
  }
});

test('variables are put into queries with the right escapes', () => {
  const values = { host: 'web.1', many: ['a.b', 'c'], all: [] };
  const cases: readonly [string, string][] = [
    ['up{host="$host"}', 'up{host="web.1"}'],
    ['up{host=~"${host}"}', 'up{host=~"web\\\\.1"}'],
    ['up{host=~"$many:.*"}', 'up{host=~"(a\\\\.b|c):.*"}'],
    ['up{host="x.[[many]]"}', 'up{host=~"x\\\\.(a\\\\.b|c)"}'],
    ['up{host != "$all"}', 'up{host !~".*"}'],
    ['servers.$many.cpu', 'servers.{a.b,c}.cpu'],
    ['servers.${all}.cpu', 'servers.*.cpu'],
    ['up{host="$unknown"}', 'up{host="$unknown"}'],
    ['sum by ($host) (up', 'sum by (web.1) (up'],
  ];
  for (const [text, expected] of cases) assert.equal(substituteVariables(text, values), expected, text);
});
