import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLogQuery } from './parse.ts';
import { printLogQuery } from './print.ts';
import type { LogFilter, LogTest } from './query.ts';
import { LogQuerySyntaxError } from './syntax-error.ts';
import { arbitraryFilter } from './testing/arbitrary-query.ts';

const field = (name: string, value: LogTest): LogFilter => ({ kind: 'field', field: name, test: value });
const equals = (name: string, text: string): LogFilter => field(name, { kind: 'equals', text });
const word = (text: string): LogFilter => equals('message', text);
const both = (...parts: LogFilter[]): LogFilter => ({ kind: 'and', parts });
const any = (...parts: LogFilter[]): LogFilter => ({ kind: 'or', parts });
const not = (part: LogFilter): LogFilter => ({ kind: 'not', part });
const low = (text: string, inclusive = true): LogTest => ({ kind: 'range', low: { text, inclusive } });

const FILTERS: readonly (readonly [text: string, filter: LogFilter])[] = [
  ['', { kind: 'all' }],
  ['*', { kind: 'all' }],
  ['error timeout', both(word('error'), word('timeout'))],
  ['"connection refused"', word('connection refused')],
  ['read and write', both(word('read'), word('and'), word('write'))],
  ['a AND b OR c', any(both(word('a'), word('b')), word('c'))],
  ['a && (b || c)', both(word('a'), any(word('b'), word('c')))],
  ['NOT a -b !c +d', both(not(word('a')), not(word('b')), not(word('c')), word('d'))],
  ['-host:web-1', not(equals('host', 'web-1'))],
  ['host:web* status:500', both(field('host', { kind: 'wildcard', pattern: 'web*' }), equals('status', '500'))],
  ['http.status:>=500', field('http.status', low('500'))],
  ['bytes:>10kb', field('bytes', low('10kb', false))],
  ['duration:<1.5s', field('duration', { kind: 'range', high: { text: '1.5s', inclusive: false } })],
  [
    'status:[400 TO 500}',
    field('status', { kind: 'range', low: { text: '400', inclusive: true }, high: { text: '500', inclusive: false } }),
  ],
  ['status:[400 TO *]', field('status', low('400'))],
  ['user:*', field('user', { kind: 'exists' })],
  ['/^GET \\/a/', field('message', { kind: 'regex', pattern: '^GET /a' })],
  ['url:/\\.php$/ x', both(field('url', { kind: 'regex', pattern: '\\.php$' }), word('x'))],
  ['/var/log/syslog', word('/var/log/syslog')],
  ['http://a.b/c', word('http://a.b/c')],
  ['12:30:45', word('12:30:45')],
  ['Foo::bar', word('Foo::bar')],
  ['level:(error OR warn)', any(equals('level', 'error'), equals('level', 'warn'))],
  [
    'level:(error OR NOT fa*)',
    any(equals('level', 'error'), not(field('level', { kind: 'wildcard', pattern: 'fa*' }))),
  ],
  ['"my field":"a b"', equals('my field', 'a b')],
  ['"a \\"b\\" \\\\ c"', word('a "b" \\ c')],
  ['a\\ b\\:c', word('a b:c')],
  ['a\\*', word('a\\*'.replace('\\', ''))],
  ['@timestamp:>"2026-01-01 10:00"', field('@timestamp', low('2026-01-01 10:00', false))],
];

test('searches are read as Lucene and KQL write them', () => {
  for (const [text, filter] of FILTERS) assert.deepEqual(parseLogQuery(text), { filter, pipes: [] }, text);
});

const PIPES: readonly (readonly [text: string, printed: string])[] = [
  ['* | stats count() by host', '* | stats count() by host'],
  [
    '* | stats count, avg(took) p95(took) as slow, dc(user) by a, b, span(1m)',
    '* | stats count(), avg(took), p95(took) as "slow", dc(user) by a, b, span(1m)',
  ],
  ['x|stats|sort -count', 'x | stats count() | sort -count'],
  ['* | sort by a desc, +b, -avg(x)', '* | sort -a, b, -avg(x)'],
  ['* | top 5 url, host | head', '* | top 5 url, host | head 10'],
  ['* | rare by url', '* | rare 10 url'],
  ['* | timechart span=1m limit=5 count() by status', '* | timechart span=1m limit=5 count() by status'],
  ['* | timechart', '* | timechart count()'],
  ['* | rate by host', '* | rate by host'],
  ['* | rate 90s', '* | rate span=90s'],
  ['* | dedup host | fields a, "b c"', '* | dedup host | fields a, "b c"'],
  ['* | where x > 5 and (y = "a b" or not z != 3)', '* | where x:>5 AND (y:"a b" OR NOT NOT z:3)'],
  ['* | where avg(x) > 5', '* | where "avg(x)":>5'],
  ['* | parse "user=<user> took <ms>ms" | stats avg(ms)', '* | parse "user=<user> took <ms>ms" | stats avg(ms)'],
  ['* | parse from url "/<section>/"', '* | parse from url "/<section>/"'],
];

test('pipes are read, and printed so that they are read as the same', () => {
  for (const [text, printed] of PIPES) {
    const query = parseLogQuery(text);
    assert.equal(printLogQuery(query), printed, text);
    assert.deepEqual(parseLogQuery(printed), query, text);
  }
});

test('any filter is printed so that it is read as the same', () => {
  fc.assert(
    fc.property(arbitraryFilter, (filter) => {
      const text = printLogQuery({ filter, pipes: [] });
      assert.deepEqual(parseLogQuery(text).filter, filter, text);
      const piped = printLogQuery({ filter: { kind: 'all' }, pipes: [{ kind: 'where', filter }] });
      assert.deepEqual(parseLogQuery(piped).pipes, [{ kind: 'where', filter }], piped);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is written is read or refused with a place in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab:"/\\|()[]*?<>=-! ,1.sTOANDRby'), maxLength: 40 }), (text) => {
      try {
        const query = parseLogQuery(text);
        assert.deepEqual(parseLogQuery(printLogQuery(query)), query, text);
      } catch (error) {
        if (!(error instanceof LogQuerySyntaxError)) throw error;
        assert.ok(error.position >= 0 && error.position <= text.length, text);
      }
    }),
    { numRuns: 5_000 },
  );
});

const WRONG: readonly (readonly [text: string, position: number, message: RegExp])[] = [
  ['a "b', 2, /quote is never closed/],
  ['(a', 2, /'\)' is missing/],
  ['a)', 1, /no '\(' for this/],
  ['a OR', 4, /term is missing/],
  ['a AND', 5, /term is missing/],
  ['x:/(/', 2, /no RE2 expression/],
  ['x:[1 5]', 4, /'TO' is missing/],
  ['x:[1 TO 5', 2, /never closed/],
  ['x:>', 3, /value is missing/],
  ['* | stat count()', 4, /do you mean 'stats'/],
  ['* | stats averge(x)', 10, /there is no function 'averge'/],
  ['* | stats avg', 10, /needs a field/],
  ['* | where word', 10, /comparison is expected/],
  ['* | parse "abc"', 10, /names no field/],
  ['* | stats avg(x), avg(x)', 24, /two columns/],
  [`${'('.repeat(60)}a`, 50, /50 levels/],
];

test('faults say where they are', () => {
  for (const [text, position, message] of WRONG) {
    assert.throws(
      () => parseLogQuery(text),
      (error: unknown) => {
        assert.ok(error instanceof LogQuerySyntaxError, text);
        assert.match(error.message, message, text);
        assert.equal(error.position, position, text);
        return true;
      },
    );
  }
});
