import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Panel } from '#core/api/dashboard.ts';
import { convertGrafanaDashboard } from './index.ts';
import { seriesColour, valueColour } from './named-colours.ts';

type Converted = { readonly panel: Panel; readonly notes: readonly string[]; readonly status: string };

function convert(panel: Readonly<Record<string, unknown>>): Converted {
  const targets = ['A', 'B'].map((refId) => ({ refId, expr: refId.toLowerCase(), legendFormat: '{{host}}' }));
  const { dashboard, report } = convertGrafanaDashboard({ schemaVersion: 39, panels: [{ targets, ...panel }] });
  const [own] = dashboard.panels;
  const [told] = report.panels;
  assert.ok(own !== undefined && told !== undefined);
  return {
    panel: own,
    status: told.status,
    notes: told.notes.map(({ what, how, level }) => `${level} ${what}: ${how}`),
  };
}

const overridden = (matcher: object, ...properties: readonly (readonly [id: string, value: unknown])[]): Converted =>
  convert({
    type: 'timeseries',
    fieldConfig: {
      overrides: [{ matcher, properties: properties.map(([id, value]) => ({ id, value })) }],
    },
  });

test('colours of names and of numbers are ours, those that one theme would hide are not', () => {
  const cases: readonly (readonly [color: string, colour: string | undefined])[] = [
    ['green', '#73bf69'],
    ['super-light-red', '#ffa6b0'],
    ['dark-blue', '#1f60c4'],
    ['#E24D42', '#e24d42'],
    ['#abc', '#aabbcc'],
    ['rgba(10, 200, 30, 0.5)', '#0ac81e'],
    ['text', undefined],
    ['#fff', undefined],
    ['#000000', undefined],
    ['constructor', undefined],
  ];
  for (const [color, colour] of cases) assert.equal(seriesColour(color), colour, color);
  assert.deepEqual(['semi-dark-red', 'green', 'blue', ''].map(valueColour), ['critical', 'ok', '#5794f2', undefined]);
});

test('an override becomes the look of the series that it names', () => {
  const { panel, notes, status } = overridden(
    { id: 'byName', options: 'out' },
    ['displayName', 'out of ${__field.labels.host}'],
    ['color', { mode: 'fixed', fixedColor: 'red' }],
    ['custom.axisPlacement', 'right'],
    ['unit', 'Bps'],
    ['decimals', 2],
    ['custom.drawStyle', 'bars'],
    ['custom.fillOpacity', 30],
    ['custom.lineStyle', { fill: 'dash', dash: [10, 10] }],
    ['custom.transform', 'negative-Y'],
    ['custom.hideFrom', { legend: true, tooltip: false, viz: false }],
    ['custom.lineWidth', 2],
  );
  assert.deepEqual(panel.overrides, [
    {
      by: 'name',
      of: 'out',
      look: {
        ...{ name: 'out of {{host}}', colour: '#f2495c', axis: 'right', unit: 'decimal_bytes_per_second', decimals: 2 },
        ...{ style: 'bars', fill: 0.3, dashed: true, mirrored: true, legend: false },
      },
    },
  ]);
  assert.equal(status, 'kept');
  assert.match(notes.join('\n'), /^kept override byName out: name, colour, axis/m);
});

test('series are chosen by pattern, by list, by all but a list and by query', () => {
  const of = (matcher: object): unknown => {
    const [first] = overridden(matcher, ['custom.axisPlacement', 'right']).panel.overrides ?? [];
    return first && [first.by, first.of];
  };
  assert.deepEqual(of({ id: 'byRegexp', options: '/^a/i' }), ['regex', '/^a/i']);
  assert.deepEqual(of({ id: 'byNames', options: { mode: 'include', names: ['a.b', 'c'] } }), [
    'regex',
    '^(?:a\\.b|c)$',
  ]);
  assert.deepEqual(of({ id: 'byNames', options: { mode: 'exclude', names: ['a'] } }), ['regex', '^(?!(?:a)$)']);
  assert.deepEqual(of({ id: 'byFrameRefID', options: 'B' }), ['query', 'B']);
  assert.equal(of({ id: 'byFrameRefID', options: 'Z' }), undefined);
  const byValue = overridden({ id: 'byValue', options: { op: 'gte', reducer: 'max', value: 9 } }, ['unit', 's']);
  assert.equal(byValue.status, 'approximated');
  assert.match(byValue.notes.join(), /unsupported override byValue .*: series cannot be chosen so: unit is left out/);
});

test('what an override alone says about values is kept with its series, what is only the panel’s is told', () => {
  const { panel, notes } = overridden(
    { id: 'byName', options: 'state' },
    ['mappings', [{ type: 'value', options: { 1: { text: 'up', color: 'green' } } }]],
    [
      'thresholds',
      {
        mode: 'absolute',
        steps: [
          { color: 'green', value: null },
          { color: 'red', value: 5 },
        ],
      },
    ],
    ['links', [{ title: 'More', url: '/more?host=${__field.labels.host}' }]],
    ['min', 0],
  );
  assert.deepEqual(panel.overrides?.[0]?.look, {
    mappings: [{ kind: 'value', value: '1', text: 'up', colour: 'ok' }],
    thresholds: [{ value: 5, status: 'critical' }],
  });
  assert.deepEqual(panel.links, [
    { title: 'More', url: '/more?host=${__field.labels.host}', of: 'series', newTab: false },
  ]);
  assert.match(notes.join('\n'), /approximated override byName state: its links are offered for all series/);
  assert.match(notes.join('\n'), /approximated override byName state: min: the panel's is used/);
});

test('one series stacked in a panel that stacks nothing leaves the others beside it', () => {
  const { panel } = overridden({ id: 'byName', options: 'a' }, ['custom.stacking', { mode: 'normal', group: 'A' }]);
  assert.equal(panel.options['stack'], true);
  assert.deepEqual(panel.overrides, [
    { by: 'regex', of: '.*', look: { stacked: false } },
    { by: 'name', of: 'a', look: { stacked: true } },
  ]);
});

test('what all series have in common is one override of all', () => {
  const custom = { axisPlacement: 'right', lineStyle: { fill: 'dash' }, transform: 'negative-Y' };
  const defaults = { color: { mode: 'fixed', fixedColor: 'blue' }, custom };
  const { panel } = convert({ type: 'timeseries', fieldConfig: { defaults } });
  const look = { colour: '#5794f2', axis: 'right', mirrored: true, dashed: true };
  assert.deepEqual(panel.overrides, [{ by: 'regex', of: '.*', look }]);
  assert.deepEqual(convert({ type: 'stat', fieldConfig: { defaults } }).panel.overrides, [
    { by: 'regex', of: '.*', look: { colour: '#5794f2' } },
  ]);
});

test('mappings of every age and the word for no value are mappings here', () => {
  const mappings = [
    { type: 'special', options: { match: 'null', result: { text: 'N/A', color: 'text' } } },
    { type: 'range', options: { from: 1, to: 2, result: { text: 'low', color: 'dark-red' } } },
    { type: 'range', options: { from: 3, to: null, result: { text: 'open' } } },
    { type: 'value', options: { 7: { text: 'second', index: 1 }, 9: { text: 'first', index: 0 } } },
    { type: 'regex', options: { pattern: '^(\\d)0$', result: { text: '$1 tens' } } },
    { id: 1, type: 1, text: 'old', value: '3' },
    { id: 2, type: 2, text: 'old range', from: '4', to: '5' },
  ];
  const { panel, status } = convert({ type: 'stat', fieldConfig: { defaults: { mappings, noValue: 'none' } } });
  assert.deepEqual(panel.mappings, [
    { kind: 'special', match: 'empty', text: 'N/A' },
    { kind: 'range', from: 1, to: 2, text: 'low', colour: 'critical' },
    { kind: 'range', from: 3, text: 'open' },
    { kind: 'value', value: '9', text: 'first' },
    { kind: 'value', value: '7', text: 'second' },
    { kind: 'regex', pattern: '^(\\d)0$', text: '$1 tens' },
    { kind: 'value', value: '3', text: 'old' },
    { kind: 'range', from: 4, to: 5, text: 'old range' },
    { kind: 'special', match: 'empty', text: 'none' },
  ]);
  assert.equal(status, 'kept');
});

test('links of a panel and of its series lead where they led; those into Grafana are told', () => {
  const { panel, notes } = convert({
    type: 'timeseries',
    links: [
      { title: 'Wiki', url: 'https://wiki.example/${host}', targetBlank: true },
      { title: 'Old', url: '/x', keepTime: true, includeVars: true },
      { title: 'Named', dashboard: 'Ports', type: 'dashboard' },
      { title: 'Theirs', url: '/d/abc/x?var-host=${__field.labels.host}' },
    ],
    fieldConfig: { defaults: { links: [{ title: '${__data.fields.host}', url: '/h?v=${__data.fields.host}' }] } },
    options: { dataLinks: [{ title: 'Old data link', url: '/o?t=${__value.time}' }] },
  });
  assert.deepEqual(
    panel.links?.map(({ url, of, newTab }) => [url, of, newTab]),
    [
      ['https://wiki.example/${host}', 'panel', true],
      ['/x?${__url_time_range}&${__all_variables}', 'panel', false],
      ['/d/abc/x?var-host=${__field.labels.host}', 'panel', false],
      ['/h?v=${__data.fields.host}', 'series', false],
      ['/o?t=${__value.time}', 'series', false],
    ],
  );
  const told = notes.filter((note) => note.startsWith('approximated'));
  assert.deepEqual(told, [
    'approximated link: “Named” to the dashboard Ports is left out: it is found by its name in Grafana only',
    "approximated link: “Theirs” to /d/abc/x?var-host=${__field.labels.host}: a page of Grafana's, which is not here",
    'approximated link: “${__data.fields.host}”: __data.fields.host has no value here and stays as text',
  ]);
});

test('series of the old graph keep their colour, their axis and their side of zero', () => {
  const { panel, notes } = convert({
    type: 'graph',
    aliasColors: { in: '#7EB26D' },
    yaxes: [{ format: 'Bps' }, { format: 'percent', label: 'share' }],
    seriesOverrides: [
      { alias: '/out/', transform: 'negative-Y', zindex: 2 },
      { alias: 'load', yaxis: 2, fill: 3, stack: false, color: '#fff' },
      { alias: 'max', fillBelowTo: 'min', lines: false },
    ],
  });
  assert.deepEqual(panel.overrides, [
    { by: 'name', of: 'in', look: { colour: '#7eb26d' } },
    { by: 'regex', of: '/out/', look: { mirrored: true } },
    { by: 'name', of: 'load', look: { axis: 'right', unit: 'percent', fill: 0.3, stacked: false } },
  ]);
  const told = notes.filter((note) => note.startsWith('approximated'));
  assert.deepEqual(told, [
    "approximated series max: fillBelowTo: the panel's is used",
    'approximated axis: the label “share” of the right axis is left out',
  ]);
});
