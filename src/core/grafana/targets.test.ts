import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertGrafanaDashboard } from './index.ts';
import type { FidelityNote } from './report.ts';

type Shown = { readonly language: string; readonly text: string; readonly legend: string; readonly hidden: boolean };

/** The queries of one panel and what is said about them. */
function convert(
  panel: object,
  more: object = {},
): { queries: readonly Shown[]; type: string; notes: readonly FidelityNote[] } {
  const { dashboard, report } = convertGrafanaDashboard({
    schemaVersion: 39,
    panels: [{ type: 'timeseries', ...panel }],
    ...more,
  });
  const [first] = dashboard.panels;
  return { queries: first?.queries ?? [], type: first?.type ?? '', notes: report.panels[0]?.notes ?? [] };
}

const says = (notes: readonly FidelityNote[], words: RegExp): boolean =>
  notes.some(({ what, how }) => words.test(`${what}: ${how}`));

const TEXTS: readonly (readonly [given: string, wanted: string])[] = [
  ['rate(a[$__rate_interval])', 'rate(a[$__rate_interval])'],
  ['a{b="[[host]]"}', 'a{b="${host}"}'],
  ['a{b=~"[[host:regex]]"}', 'a{b=~"${host:regex}"}'],
  ['rate(a[$__auto_interval_step])', 'rate(a[$__interval])'],
  ['rate(a[${__auto_interval_step}])', 'rate(a[$__interval])'],
];

for (const [given, wanted] of TEXTS) {
  test(`${given} is ${wanted} here`, () => {
    const { queries, notes } = convert({ datasource: { type: 'prometheus' }, targets: [{ refId: 'A', expr: given }] });
    assert.deepEqual(queries, [{ language: 'promql', text: wanted, legend: '', hidden: false }]);
    assert.deepEqual(notes, []);
  });
}

const SOURCES: readonly (readonly [panel: object, target: object, language: string | RegExp])[] = [
  [{ datasource: { type: 'prometheus', uid: 'x' } }, { expr: 'up' }, 'promql'],
  [{ datasource: '$ds' }, { expr: 'up' }, 'promql'],
  [{ datasource: { uid: '${DS_G}' } }, { target: 'a.b' }, 'graphite'],
  [{ datasource: 'My Graphite' }, { target: 'a.b' }, 'graphite'],
  [{ datasource: 'main' }, { expr: 'up' }, 'promql'],
  [{}, { target: 'a.b' }, 'graphite'],
  [{ datasource: { uid: '-- Mixed --' } }, { expr: 'up', datasource: { type: 'prometheus' } }, 'promql'],
  [{ datasource: { type: 'grafana-amazonprometheus-datasource' } }, { expr: 'up' }, 'promql'],
  [{ datasource: { type: 'loki' } }, { expr: '{a="b"}' }, 'logs'],
  [{}, { expr: '{a="b"} |= "error"' }, 'logs'],
  [{ datasource: { type: 'mysql' } }, { rawSql: 'select 1' }, /another store \(mysql\)/],
  [{ datasource: { type: 'elasticsearch' } }, { query: 'a:b', metrics: [] }, 'logs'],
  [{ datasource: { type: 'elasticsearch' } }, { query: 'a:"b', metrics: [] }, /cannot be read/],
  [{}, { measurement: 'cpu' }, /another store \(influxdb\)/],
  [
    { datasource: { type: 'prometheus' } },
    { type: 'math', expression: '$A', datasource: { uid: '__expr__', type: '__expr__' } },
    /expressions/,
  ],
  [{ datasource: { type: 'grafana-testdata-datasource' } }, { scenarioId: 'csv' }, /test data/],
];

for (const [panel, target, language] of SOURCES) {
  test(`${JSON.stringify(panel)} with ${JSON.stringify(target)} asks ${String(language)}`, () => {
    const more = {
      templating: { list: [{ name: 'ds', type: 'datasource', query: 'prometheus' }] },
      __inputs: [{ name: 'DS_G', pluginId: 'graphite' }],
    };
    const { queries, type, notes } = convert({ ...panel, targets: [{ refId: 'A', ...target }] }, more);
    if (typeof language === 'string')
      return assert.deepEqual(
        queries.map((query) => query.language),
        [language],
      );
    assert.ok(says(notes, language), JSON.stringify(notes));
    assert.equal(type, 'grafana:timeseries');
    assert.ok(queries.every(({ hidden }) => hidden));
  });
}

test('legends lose the blanks in their braces, and the automatic one is ours', () => {
  const targets = [
    { refId: 'A', expr: 'a', legendFormat: '{{ host }} – {{dev}}' },
    { refId: 'B', expr: 'b', legendFormat: '__auto', hide: true },
  ];
  const { queries } = convert({ targets });
  assert.deepEqual(
    queries.map(({ legend, hidden }) => [legend, hidden]),
    [
      ['{{host}} – {{dev}}', false],
      ['', true],
    ],
  );
});

test('references between Graphite queries are resolved, but for a circle', () => {
  const targets = [
    { refId: 'A', target: 'a.*' },
    { refId: 'B', target: 'sum(#A)' },
    { refId: 'C', target: 'diff(#B, #A)' },
    { refId: 'D', target: 'f(#E)' },
    { refId: 'E', target: 'g(#D)' },
    { refId: 'F', target: 'color(#Z, "#FF0000")' },
  ];
  assert.deepEqual(
    convert({ datasource: { type: 'graphite' }, targets }).queries.map(({ text }) => text),
    ['a.*', 'sum(a.*)', 'diff(sum(a.*), a.*)', 'f(g(f(#E)))', 'g(f(g(#D)))', 'color(#Z, "#FF0000")'],
  );
});

test('references that would grow without end are refused as too long', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const targets = letters.map((refId, at) => ({
    refId,
    target: at === 0 ? 'a.*' : `sum(#${letters[at - 1]}, #${letters[at - 1]})`,
  }));
  const { queries, notes } = convert({ datasource: { type: 'graphite' }, targets });
  assert.ok(queries.length > 5 && queries.length < letters.length);
  assert.ok(says(notes, /query Z: its text is longer/));
});

test('a panel that shows the results of another one asks the same queries', () => {
  const source = { id: 7, type: 'stat', datasource: { type: 'prometheus' }, targets: [{ refId: 'A', expr: 'up' }] };
  const sharing = {
    id: 8,
    type: 'gauge',
    datasource: { uid: '-- Dashboard --' },
    targets: [{ refId: 'A', panelId: 7 }],
  };
  const { dashboard } = convertGrafanaDashboard({ schemaVersion: 39, panels: [source, sharing] });
  assert.deepEqual(
    dashboard.panels.map(({ queries }) => queries[0]?.text),
    ['up', 'up'],
  );
});

test('what has no value here is told', () => {
  const { notes } = convert({
    targets: [{ refId: 'A', expr: 'a{u="${__user.login}", t="${__from:date:YYYY}", x="${v:date}"}' }],
  });
  assert.ok(says(notes, /query A: \$\{__user\.login\} has no value/));
  assert.ok(says(notes, /the format of a time/));
  assert.ok(says(notes, /the format date is not known/));
});
