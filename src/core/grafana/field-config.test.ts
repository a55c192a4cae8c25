import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusOfColor } from './colors.ts';
import { convertGrafanaDashboard } from './index.ts';
import { convertUnit } from './units.ts';

const COLORS: readonly (readonly [status: string, colors: readonly string[]])[] = [
  ['ok', ['green', 'dark-green', 'blue', '#299c46', 'rgb(50, 172, 45)', '#888', 'transparent', 'purple', 'text']],
  ['warning', ['yellow', 'super-light-yellow', '#EAB839', 'rgba(245, 230, 20, 0.9)']],
  ['major', ['orange', 'semi-dark-orange', 'rgba(237, 129, 40, 0.89)', '#ff9830']],
  ['critical', ['red', 'light-red', '#d44a3a', '#F00', 'rgba(245, 54, 54, 0.9)']],
];

for (const [status, colors] of COLORS) {
  test(`${colors.join(', ')} say ${status}`, () => {
    assert.deepEqual(
      colors.map(statusOfColor),
      colors.map(() => status),
    );
  });
}

test('units become ours, those without one a suffix, those of texts none', () => {
  const cases: readonly (readonly [id: string, unit: string | undefined, isSame: boolean])[] = [
    ['short', '', true],
    ['percentunit', 'ratio', true],
    ['bytes', 'bytes', true],
    ['decbytes', 'decimal_bytes', true],
    ['ms', 'milliseconds', true],
    ['kbytes', 'KiB', false],
    ['reqps', 'per_second', true],
    ['suffix: jobs', 'jobs', true],
    ['prefix:$', '$', false],
    ['bool', '', false],
    ['toString', undefined, true],
    ['clock', undefined, true],
  ];
  for (const [id, unit, isSame] of cases) {
    assert.deepEqual([convertUnit(id)?.unit, convertUnit(id)?.note === undefined], [unit, isSame], id);
  }
});

function panelOf(
  type: string,
  defaults: object,
  overrides: readonly object[] = [],
  targets = [{ refId: 'A', expr: 'a' }],
) {
  const panels = [{ type, targets, fieldConfig: { defaults, overrides } }];
  const { dashboard, report } = convertGrafanaDashboard({ schemaVersion: 39, panels });
  const [panel] = dashboard.panels;
  assert.ok(panel !== undefined);
  return { panel, notes: (report.panels[0]?.notes ?? []).map(({ what, how }) => `${what}: ${how}`) };
}

const STEPS = [
  { color: 'green', value: null },
  { color: 'red', value: 80 },
];

test('limits are drawn over time only where Grafana draws them', () => {
  const thresholds = { mode: 'absolute', steps: STEPS };
  assert.deepEqual(panelOf('timeseries', { thresholds }).panel.thresholds, []);
  const custom = { thresholdsStyle: { mode: 'line' } };
  const limits = [{ value: 80, status: 'critical' }];
  assert.deepEqual(panelOf('timeseries', { thresholds, custom }).panel.thresholds, limits);
  assert.deepEqual(panelOf('stat', { thresholds }).panel.thresholds, limits);
});

test('limits do not colour what has a colour of its own, and states below all limits are well', () => {
  const thresholds = { mode: 'absolute', steps: STEPS };
  assert.deepEqual(panelOf('stat', { thresholds, color: { mode: 'fixed', fixedColor: 'blue' } }).panel.thresholds, []);
  assert.deepEqual(panelOf('state-timeline', { thresholds }).panel.thresholds, [
    { value: 0, status: 'ok' },
    { value: 80, status: 'critical' },
  ]);
  assert.deepEqual(panelOf('state-timeline', { thresholds, color: { mode: 'palette-classic' } }).panel.thresholds, []);
});

test('percentages are values of the range; without one it is guessed and told', () => {
  const thresholds = { mode: 'percentage', steps: STEPS };
  const known = panelOf('gauge', { thresholds, min: 100, max: 200 });
  assert.deepEqual(known.panel.thresholds, [{ value: 180, status: 'critical' }]);
  const guessed = panelOf('gauge', { thresholds });
  assert.deepEqual(guessed.panel.thresholds, [{ value: 80, status: 'critical' }]);
  assert.ok(guessed.notes.some((note) => note.includes('which the panel does not say')));
});

test('overrides of all series are the panel, of a query its name and hiding; others are looks', () => {
  const targets = ['A', 'B'].map((refId) => ({ refId, expr: refId.toLowerCase() }));
  const { panel, notes } = panelOf(
    'timeseries',
    {},
    [
      {
        matcher: { id: 'byRegexp', options: '/.*/' },
        properties: [
          { id: 'unit', value: 'bytes' },
          { id: 'max', value: 9 },
        ],
      },
      { matcher: { id: 'byFrameRefID', options: 'B' }, properties: [{ id: 'custom.hideFrom', value: { viz: true } }] },
      {
        matcher: { id: 'byFrameRefID', options: 'A' },
        properties: [{ id: 'displayName', value: 'of ${__field.labels.host}' }],
      },
      {
        matcher: { id: 'byName', options: 'x' },
        properties: [
          { id: 'color', value: {} },
          { id: 'unit', value: 's' },
        ],
      },
    ],
    targets,
  );
  assert.deepEqual([panel.unit, panel.max], ['bytes', 9]);
  assert.deepEqual(
    panel.queries.map(({ hidden, legend }) => [hidden, legend]),
    [
      [false, 'of {{host}}'],
      [true, ''],
    ],
  );
  assert.deepEqual(panel.overrides, [{ by: 'name', of: 'x', look: { unit: 'seconds' } }]);
  assert.deepEqual(notes, ['override byName x: unit of these series']);
});
