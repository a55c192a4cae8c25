import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeriesOverride, Transformation, ValueMapping } from '#core/api/panel-display.ts';
import { linkUrl } from './link-url.ts';
import type { PanelTable } from './panel-table.ts';
import { lookOf } from './series-look.ts';
import { columnValues, planSeries, splitSteps } from './series-steps.ts';
import { tableOfSeries } from './table-of-series.ts';
import { transformTable } from './table-steps.ts';
import { mapValue } from './value-mapping.ts';

const ANSWERED = ['used', 'free', 'cached'].map((name, index) => ({
  key: name,
  name,
  labels: { host: `web-${index}`, kind: name },
  query: index % 2,
}));
const VALUES = [Float64Array.of(1, 2), Float64Array.of(5, Number.NaN), Float64Array.of(3, 9)];
const T = Float64Array.of(1_000, 2_000);

const steps = (...list: readonly unknown[]): Transformation[] => list.map((each) => Transformation.parse(each));

function planned(...list: readonly unknown[]): [string, number[]][] {
  const latest = (column: Parameters<typeof columnValues>[0]): number =>
    columnValues(column, VALUES).findLast((value) => !Number.isNaN(value)) ?? Number.NaN;
  return planSeries(ANSWERED, steps(...list), latest).map(({ name, column }) => [
    name,
    [...columnValues(column, VALUES)],
  ]);
}

test('series are filtered, renamed, sorted and limited one step after the other', () => {
  const names = (...list: readonly unknown[]): string[] => planned(...list).map(([name]) => name);
  assert.deepEqual(names({ kind: 'filter', pattern: '^(used|free)$' }), ['used', 'free']);
  assert.deepEqual(names({ kind: 'filter', pattern: '/USED/i', exclude: true }), ['free', 'cached']);
  assert.deepEqual(names({ kind: 'filter', pattern: '(' }), ['used', 'free', 'cached'], 'no pattern at all');
  assert.deepEqual(names({ kind: 'rename', pattern: '^(.)(.*)$', to: '$2-$1' }), ['sed-u', 'ree-f', 'ached-c']);
  assert.deepEqual(names({ kind: 'sort', descending: true }), ['cached', 'free', 'used']);
  assert.deepEqual(names({ kind: 'sort', by: 'kind' }), ['cached', 'free', 'used']);
  assert.deepEqual(names({ kind: 'sort', by: 'host', descending: true }, { kind: 'limit', count: 1 }), ['cached']);
});

test('a calculation makes a series of two, or of one and a number', () => {
  const half = { kind: 'calculate', left: 'used', operator: '/', right: '2', only: true };
  assert.deepEqual(planned(half), [['used / 2', [0.5, 1]]]);
  const sum = planned({ kind: 'calculate', left: 'used', operator: '+', right: 'cached', name: 'taken' });
  assert.deepEqual(sum.at(-1), ['taken', [4, 11]]);
  assert.equal(sum.length, 4);
  assert.equal(planned({ kind: 'calculate', left: 'used', operator: '+', right: 'absent' }).length, 3);
  const zero = planned({ kind: 'calculate', left: 'used', operator: '/', right: '0', only: true });
  assert.ok(Number.isNaN(zero[0]?.[1][0]), 'nothing is divided by zero');
});

test('steps from the first that makes rows act on a table', () => {
  const split = splitSteps(
    steps({ kind: 'limit', count: 2 }, { kind: 'reduce', figures: ['avg'] }, { kind: 'limit', count: 1 }),
  );
  assert.deepEqual(
    [split.series.map(({ kind }) => kind), split.table.map(({ kind }) => kind)],
    [['limit'], ['reduce', 'limit']],
  );
});

function table(...list: readonly unknown[]): { fields: string[]; rows: PanelTable['rows'] } {
  const series = ANSWERED.map((each, index) => ({ ...each, values: VALUES[index] ?? new Float64Array() }));
  const [first, ...rest] = steps(...list);
  assert.ok(first !== undefined);
  const made = tableOfSeries({ t: T, series }, first);
  const { fields, rows } = transformTable(made, [first, ...rest]);
  return { fields: fields.map(({ name }) => name), rows };
}

test('series become rows: figures, times, labels', () => {
  assert.deepEqual(table({ kind: 'reduce', figures: ['last', 'sum', 'count'] }), {
    fields: ['series', 'last', 'sum', 'count'],
    rows: [
      ['used', 2, 3, 2],
      ['free', 5, 5, 1],
      ['cached', 9, 12, 2],
    ],
  });
  assert.deepEqual(table({ kind: 'join-by-time' }), {
    fields: ['time', 'used', 'free', 'cached'],
    rows: [
      [2_000, 2, Number.NaN, 9],
      [1_000, 1, 5, 3],
    ],
  });
  assert.deepEqual(table({ kind: 'join-by-label', label: 'kind' }), {
    fields: ['kind', 'host', 'A', 'B'],
    rows: [
      ['used', 'web-0', 2, Number.NaN],
      ['cached', 'web-2', 9, Number.NaN],
      ['free', 'web-1', Number.NaN, 5],
    ],
  });
});

test('columns are ordered, named, left out; rows are grouped, sorted and calculated', () => {
  const organised = { kind: 'organise', order: ['value', 'kind'], names: { value: 'MiB' }, hidden: ['series', 'host'] };
  assert.deepEqual(table(organised, { kind: 'sort', by: 'MiB', descending: true }), {
    fields: ['MiB', 'kind'],
    rows: [
      [9, 'cached'],
      [5, 'free'],
      [2, 'used'],
    ],
  });
  const rename = { kind: 'organise', names: { kind: 'group' } };
  const half = { kind: 'rename', pattern: '^group$', to: 'g' };
  assert.deepEqual(table(rename, half, { kind: 'group', by: ['g'], figure: 'sum' }).fields, ['g', 'value']);
  const twice = { kind: 'calculate', left: 'value', operator: '*', right: '2', name: 'twice' };
  assert.deepEqual(
    table({ kind: 'organise', hidden: ['series', 'host', 'kind'] }, twice).rows.map(([, value]) => value),
    [4, 10, 18],
  );
});

test('the first mapping that fits says what is shown', () => {
  const mappings = [
    { kind: 'value', value: '1', text: 'up', colour: 'ok' },
    { kind: 'range', from: 2, to: 5, text: '' },
    { kind: 'regex', pattern: '^(\\d)0+$', text: '$1 zeros' },
    { kind: 'special', match: 'empty', text: 'silent' },
    { kind: 'range', from: 6, text: 'much' },
  ].map((each) => ValueMapping.parse(each));
  const shown = (value: number): string | undefined => mapValue(value, mappings)?.text;
  assert.deepEqual([1, 3, 500, Number.NaN, 7, 0].map(shown), ['up', '', '5 zeros', 'silent', 'much', undefined]);
  assert.equal(mapValue(1, mappings)?.colour, 'ok');
  assert.throws(() => ValueMapping.parse({ kind: 'value', value: '1', colour: 'url(x)' }));
});

test('a series looks as all overrides say that mean it, the later over the earlier', () => {
  const overrides = [
    { by: 'regex', of: '/^us/', look: { colour: 'series-2', axis: 'right' } },
    { by: 'name', of: 'used', look: { colour: '#00ff00' } },
    { by: 'query', of: 'B', look: { hidden: true } },
  ].map((each) => SeriesOverride.parse(each));
  assert.deepEqual(lookOf({ name: 'used', query: 0 }, overrides), { colour: '#00ff00', axis: 'right' });
  assert.deepEqual(lookOf({ name: 'free', query: 1 }, overrides), { hidden: true });
  assert.equal(lookOf({ name: 'free', query: 0 }, overrides), undefined);
});

test('a link is filled in and leads only where a link may', () => {
  const context = {
    from: 1,
    to: 2,
    name: 'used',
    labels: { host: 'a/b c', url: 'https://x.test/y' },
    value: 3,
    time: 4,
  };
  const filled = (template: string): string | undefined => linkUrl(template, context);
  assert.equal(
    filled('/d/x?host=${__field.labels.host}&v=${__value.raw}&t=${__value.time}&${__url_time_range}'),
    '/d/x?host=a%2Fb%20c&v=3&t=4&from=1&to=2',
  );
  assert.equal(filled('https://x.test/?n=${__field.name}&f=$__from'), 'https://x.test/?n=used&f=1');
  assert.equal(filled('${__field.labels["url"]:raw}'), 'https://x.test/y');
  assert.equal(filled('?var=${unknown}'), '?var=${unknown}');
  for (const bad of [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    '/\\evil.test',
    '',
  ])
    assert.equal(filled(bad), undefined, bad);
  assert.equal(linkUrl('${__field.labels.x:raw}', { ...context, labels: { x: 'javascript:alert(1)' } }), undefined);
});

test('a figure of several series is one more of them, at each time', () => {
  const total = { kind: 'combine', of: ['used', 'free'], figure: 'sum', name: 'both' };
  assert.deepEqual(planned(total).at(-1), ['both', [6, 2]]);
  assert.deepEqual(planned({ kind: 'combine', figure: 'max', only: true }), [['max', [5, 9]]]);
  assert.equal(planned({ kind: 'combine', of: ['absent'], figure: 'sum' }).length, 3);
});

test('series become rows by their labels or one by one; rows are kept by what their cells hold', () => {
  assert.deepEqual(table({ kind: 'merge' }), {
    fields: ['host', 'kind', 'A', 'B'],
    rows: [
      ['web-0', 'used', 2, Number.NaN],
      ['web-2', 'cached', 9, Number.NaN],
      ['web-1', 'free', Number.NaN, 5],
    ],
  });
  assert.deepEqual(table({ kind: 'rows' }, { kind: 'limit', count: 2 }).rows, [
    [2_000, 'used', 2],
    [2_000, 'cached', 9],
  ]);
  const kept = (is: string, field: string, value = ''): unknown[] =>
    table({ kind: 'merge' }, { kind: 'where', field, is, value }).rows.map(([host]) => host);
  assert.deepEqual(kept('>', 'A', '2'), ['web-2']);
  assert.deepEqual(kept('<=', 'A', '2'), ['web-0']);
  assert.deepEqual(kept('empty', 'A'), ['web-1']);
  assert.deepEqual(kept('like', 'kind', '/^(USED|free)$/i'), ['web-0', 'web-1']);
  assert.deepEqual(kept('!=', 'host', 'web-0'), ['web-2', 'web-1']);
  assert.equal(kept('=', 'absent', 'x').length, 3);
  const both = { kind: 'combine', figure: 'count', name: 'queries', only: true };
  assert.deepEqual(table({ kind: 'merge' }, both).rows[0], ['web-0', 'used', 1]);
});
