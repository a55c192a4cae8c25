import fc from 'fast-check';
import { joinFilters, type LogBound, type LogFilter, type LogTest, MESSAGE_FIELD } from '../query.ts';

/** Values that meet often, with characters that are hard for SQL, expressions and the language itself. */
export const TEXTS = [
  'a', 'B', 'error', 'Error', 'web-1', 'web-2', 'foo bar', 'foo_bar', 'GET /a/b?x=1', "it's", '100%', 'a\\b', 'x"y', 'ÜBER',
  'über', '日本', '5', '500', '1.5', '-3', '1e3', '10kb', '2MB', '1.5s', '300ms', '2m', '', 'AND', 'or', '*', 'a*c', '[x]', '(y)',
  '<b>', 'tab\there', '\u{1F600}', 'a|b', 'user@example.com', '10.0.0.1', 'NaN', 'inf', '.5', '5.', '+7', '0x10', '1 kb',
]; // biome-ignore format: a table

export const FIELDS = [
  MESSAGE_FIELD,
  'host',
  'service',
  'level',
  'status',
  'took_ms',
  'took',
  'size',
  'weird "name"',
  '@timestamp',
];

const text = fc.constantFrom(...TEXTS);
const bound: fc.Arbitrary<LogBound> = fc.record(
  { text: text.filter((t) => t !== '*'), inclusive: fc.boolean() },
  { noNullPrototype: true },
);
/** The time that times in filters are near to: an hour ago, so that no retention ends it. */
export const ARBITRARY_TIME = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;

const iso = (ms: number): string => new Date(ARBITRARY_TIME + ms).toISOString();
const time = fc.constantFrom(iso(0), iso(5_250), String(ARBITRARY_TIME + 2_000), 'now-1h');
const timeBound: fc.Arbitrary<LogBound> = fc.record({ text: time, inclusive: fc.boolean() }, { noNullPrototype: true });
const level: fc.Arbitrary<LogBound> = fc.record(
  {
    text: fc.constantFrom('warn', 'error', 'info', '13', 'unknown'),
    inclusive: fc.boolean(),
  },
  { noNullPrototype: true },
);

const rangeOf = (one: fc.Arbitrary<LogBound>): fc.Arbitrary<LogTest> =>
  fc.oneof(
    one.map((low): LogTest => ({ kind: 'range', low })),
    one.map((high): LogTest => ({ kind: 'range', high })),
    fc.tuple(one, one).map(([low, high]): LogTest => ({ kind: 'range', low, high })),
  );

const wildcard: fc.Arbitrary<LogTest> = fc
  .array(
    fc.oneof(
      fc.constantFrom('*', '?', '\\*', '\\\\'),
      text.map((t) => t.replace(/[*?\\]/g, '\\$&')),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''))
  .filter((pattern) => /(?<!\\)(?:\\\\)*[*?]/.test(pattern) && pattern !== '*')
  .map((pattern) => ({ kind: 'wildcard', pattern }));

const regex: fc.Arbitrary<LogTest> = fc
  .constantFrom('^a', 'error|warn', '(?i)err', '\\d+', '[a-c]+$', '^.$', 'a/b', '\\bfoo\\b', 'x.*y', '^$', '[^ -~]')
  .map((pattern) => ({ kind: 'regex', pattern }));

const textTest: fc.Arbitrary<LogTest> = fc.oneof(
  { weight: 4, arbitrary: text.map((value): LogTest => ({ kind: 'equals', text: value })) },
  { weight: 2, arbitrary: wildcard },
  regex,
  fc.constant<LogTest>({ kind: 'exists' }),
  { weight: 2, arbitrary: rangeOf(bound) },
);

function testOf(field: string): fc.Arbitrary<LogTest> {
  if (field === '@timestamp') return rangeOf(timeBound);
  if (field !== 'level') return textTest;
  return fc.oneof(
    level.map(({ text: name }): LogTest => ({ kind: 'equals', text: name })),
    rangeOf(level),
    regex,
  );
}

const leaf: fc.Arbitrary<LogFilter> = fc
  .constantFrom(...FIELDS)
  .chain((field) => testOf(field).map((test): LogFilter => ({ kind: 'field', field, test })));

/** Filters as the parser makes them. */
export const arbitraryFilter: fc.Arbitrary<LogFilter> = fc.letrec<{ filter: LogFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: tie('filter').map((part): LogFilter => ({ kind: 'not', part })) },
    {
      weight: 2,
      arbitrary: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((parts) => joinFilters('and', parts)),
    },
    {
      weight: 2,
      arbitrary: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((parts) => joinFilters('or', parts)),
    },
  ),
})).filter;
