import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeriesOverride, Transformation } from '#core/api/panel-display.ts';
import type { ChartData, ChartSource, ChartStatus } from './chart-data.ts';
import { DisplayedSource } from './displayed-source.ts';

const series = ['a', 'b', 'c'].map((name) => ({ key: name, name, labels: { host: `h-${name}` }, query: 0 }));
const status: ChartStatus = { kind: 'ready', total: 3, truncated: false, series, unit: '', step: 1_000 };
const data: ChartData = {
  series,
  t: Float64Array.of(1_000, 2_000),
  values: [Float64Array.of(1, 2), Float64Array.of(9, 8), Float64Array.of(5, 5)],
  min: [Float64Array.of(0, 1), Float64Array.of(7, 7), Float64Array.of(4, 4)],
  max: [Float64Array.of(2, 3), Float64Array.of(10, 10), Float64Array.of(6, 6)],
  from: 0,
  to: 3_000,
  step: 1_000,
};
const source: ChartSource = {
  read: () => data,
  status: () => status,
  listen: () => () => undefined,
  lastSampleAt: () => 2_000,
};

test('what is said and what is drawn are the same series, in one order', () => {
  const transformations = [
    Transformation.parse({ kind: 'calculate', left: 'a', operator: '+', right: 'b', name: 'both' }),
    Transformation.parse({ kind: 'sort', descending: true }),
    Transformation.parse({ kind: 'limit', count: 3 }),
  ];
  const shown = new DisplayedSource(source, { transformations });
  const drawn = shown.read();
  assert.deepEqual(
    drawn.series.map(({ name }) => name),
    ['both', 'b', 'c'],
  );
  assert.deepEqual(
    drawn.values.map((column) => [...column]),
    [
      [10, 10],
      [9, 8],
      [5, 5],
    ],
  );
  assert.deepEqual([...(drawn.min?.[0] ?? [])], [10, 10], 'a calculated line has no band');
  assert.deepEqual([...(drawn.min?.[1] ?? [])], [7, 7]);
  assert.equal(shown.status().series, drawn.series);
  assert.equal(shown.status(), shown.status(), 'the same object while nothing changes');
  assert.equal(shown.status().sorted, true);
  assert.equal(new DisplayedSource(source, {}).status().sorted, undefined);
});

test('an override names, colours and hides', () => {
  const overrides = [
    SeriesOverride.parse({ by: 'name', of: 'a', look: { name: 'on {{host}}', colour: 'series-3' } }),
    SeriesOverride.parse({ by: 'regex', of: '^c$', look: { hidden: true } }),
  ];
  const shown = new DisplayedSource(source, { overrides });
  assert.deepEqual(
    shown.status().series.map(({ name, look }) => [name, look?.colour]),
    [
      ['on h-a', 'series-3'],
      ['b', undefined],
    ],
  );
  assert.equal(shown.read().values.length, 2);
  assert.equal(shown.status().total, 2, 'what is hidden is not missed');
  assert.equal(new DisplayedSource(source, { overrides }, 1).status().total, 2, 'what does not fit is');
});

test('a query has its letter among all queries of the panel, asked or not', () => {
  const overrides = [SeriesOverride.parse({ by: 'query', of: 'C', look: { name: 'third' } })];
  const queries = [
    { text: 'a', hidden: true },
    { text: ' ', hidden: false },
    { text: 'c', hidden: false },
  ];
  const names = (display: ConstructorParameters<typeof DisplayedSource>[1]): string[] =>
    new DisplayedSource(source, display).status().series.map(({ name }) => name);
  assert.deepEqual(names({ overrides, queries }), ['third', 'third', 'third']);
  assert.deepEqual(names({ overrides }), ['a', 'b', 'c']);
});
