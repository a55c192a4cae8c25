import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Panel } from '#core/api/dashboard.ts';
import { convertGrafanaDashboard } from './index.ts';

type Step = readonly [id: string, options?: object];
type Converted = { readonly panel: Panel; readonly notes: readonly string[] };

function convert(type: string, steps: readonly Step[], more: object = {}): Converted {
  const targets = ['A', 'C'].map((refId) => ({ refId, expr: refId.toLowerCase(), legendFormat: '{{host}}' }));
  const transformations = steps.map(([id, options = {}]) => ({ id, options }));
  const panels = [{ type, targets, transformations, ...more }];
  const { dashboard, report } = convertGrafanaDashboard({ schemaVersion: 39, panels });
  const [panel] = dashboard.panels;
  assert.ok(panel !== undefined);
  const notes = (report.panels[0]?.notes ?? [])
    .filter(({ what }) => what.startsWith('transformation'))
    .map(({ what, how, level }) => `${level} ${what.replace('transformation ', '')}: ${how}`);
  return { panel, notes };
}

const CHARTS: readonly (readonly [step: Step, becomes: readonly object[]])[] = [
  [['filterFieldsByName', { include: { names: ['Time', 'a.b'] } }], [filter('^(?:Time|a\\.b)$')]],
  [['filterFieldsByName', { exclude: { pattern: '/^x/i' } }], [filter('/^x/i', true)]],
  [['filterByName', { include: { names: ['a'], pattern: 'b' } }], [filter('(?:^(?:a)$|b)')]],
  [['renameByRegex', { regex: '(.*)-x', renamePattern: '$1' }], [{ kind: 'rename', pattern: '(.*)-x', to: '$1' }]],
  [
    ['organize', { excludeByName: { Time: true, b: true, c: false }, renameByName: { a: 'A $1' } }],
    [filter('^(?:b)$', true), { kind: 'rename', pattern: '^(?:a)$', to: 'A $$1' }],
  ],
  [
    ['calculateField', { mode: 'binary', binary: { left: 'a', operator: '/', right: '8' }, alias: 'bytes' }],
    [{ kind: 'calculate', left: 'a', operator: '/', right: '8', name: 'bytes', only: false }],
  ],
  [
    [
      'calculateField',
      {
        mode: 'binary',
        binary: { left: { matcher: { id: 'byName', options: 'a' } }, right: { fixed: '2' } },
        replaceFields: true,
      },
    ],
    [{ kind: 'calculate', left: 'a', operator: '+', right: '2', name: '', only: true }],
  ],
  [
    ['calculateField', { reduce: { reducer: 'mean', include: ['a', 'b'] } }],
    [{ kind: 'combine', of: ['a', 'b'], figure: 'avg', name: 'Mean', only: false }],
  ],
  [['joinByField', { byField: 'Time', mode: 'outer' }], []],
  [['sortBy', { sort: [{ field: 'Time' }] }], []],
];

for (const [step, becomes] of CHARTS) {
  test(`in a chart ${step[0]} is ${JSON.stringify(becomes)}`, () => {
    const { panel, notes } = convert('timeseries', [step]);
    assert.deepEqual(panel.transformations ?? [], becomes);
    assert.match(notes.join(), /^kept /);
  });
}

const TABLES: readonly (readonly [steps: readonly Step[], becomes: readonly object[]])[] = [
  [[['merge']], [{ kind: 'merge' }]],
  [
    [
      ['merge'],
      [
        'organize',
        {
          excludeByName: { Time: true },
          indexByName: { 'Value #C': 0, host: 1 },
          renameByName: { 'Value #A': 'CPU', 'Value #C': 'RAM' },
        },
      ],
    ],
    [{ kind: 'merge' }, { kind: 'organise', order: ['B', 'host'], names: { A: 'CPU', B: 'RAM' }, hidden: [] }],
  ],
  [
    [['organize', { renameByName: { Value: 'Up' } }]],
    [{ kind: 'merge' }, { kind: 'organise', order: [], names: { A: 'Up' }, hidden: [] }],
  ],
  [[['seriesToColumns', { byField: 'host' }]], [{ kind: 'join-by-label', label: 'host' }]],
  [[['joinByField', {}]], [{ kind: 'join-by-time' }]],
  [
    [
      ['reduce', { reducers: ['mean', 'lastNotNull'] }],
      ['organize', { renameByName: { Field: 'Host', Mean: 'Avg' } }],
    ],
    [
      { kind: 'reduce', figures: ['avg', 'last'] },
      { kind: 'organise', order: [], names: { series: 'Host', avg: 'Avg' }, hidden: [] },
    ],
  ],
  [
    [['seriesToRows'], ['limit', { limitField: 5 }]],
    [{ kind: 'rows' }, { kind: 'limit', count: 5 }],
  ],
  [
    [
      [
        'groupBy',
        {
          fields: {
            host: { operation: 'groupby' },
            'Value #A': { operation: 'aggregate', aggregations: ['sum'] },
          },
        },
      ],
      ['sortBy', { sort: [{ field: 'Value #A (sum)', desc: true }] }],
    ],
    [{ kind: 'merge' }, { kind: 'group', by: ['host'], figure: 'sum' }, { kind: 'sort', by: 'A', descending: true }],
  ],
  [
    [
      [
        'filterByValue',
        {
          type: 'include',
          match: 'all',
          filters: [{ fieldName: 'Value #A', config: { id: 'greater', options: { value: 3 } } }],
        },
      ],
    ],
    [{ kind: 'merge' }, { kind: 'where', field: 'A', is: '>', value: '3' }],
  ],
];

for (const [steps, becomes] of TABLES) {
  test(`in a table ${steps.map(([id]) => id).join(', ')} is ${JSON.stringify(becomes)}`, () => {
    assert.deepEqual(convert('table', steps).panel.transformations, becomes);
  });
}

test('what cannot be done is told with why, and what is not quite the same with how', () => {
  const told = (type: string, ...steps: readonly Step[]): readonly string[] => convert(type, steps).notes;
  assert.deepEqual(told('timeseries', ['groupBy', {}], ['heatmap'], ['reduce', {}]), [
    'unsupported groupBy: only tables show rows here',
    'unsupported heatmap: there is no such step here',
    'unsupported reduce: only tables show rows here',
  ]);
  assert.deepEqual(told('timeseries', ['calculateField', { mode: 'unary' }]), [
    'unsupported calculateField: the mode unary is not known: write it in the query',
  ]);
  assert.deepEqual(told('table', ['reduce', { reducers: ['max', 'stdDev'] }]), ['approximated reduce: without stdDev']);
  assert.deepEqual(told('stat', ['reduce', { reducers: ['max'] }]), [
    'approximated reduce: the figure of the panel is shown: choose it there (max)',
  ]);
  assert.match(told('table', ['limit', { limitField: 'x' }], ['toString'])[1] ?? '', /unsupported toString/);
});

test('a query that is filtered out is asked no longer', () => {
  const { panel } = convert('timeseries', [['filterByRefId', { include: 'C' }]]);
  assert.deepEqual(
    panel.queries.map(({ hidden }) => hidden),
    [true, false],
  );
});

test('overrides of columns mean the columns that the steps leave', () => {
  const overrides = [
    { matcher: { id: 'byName', options: 'Value #C' }, properties: [{ id: 'unit', value: 'bytes' }] },
    { matcher: { id: 'byName', options: 'Time' }, properties: [{ id: 'custom.hidden', value: true }] },
  ];
  const { panel } = convert('table', [], { fieldConfig: { overrides } });
  assert.deepEqual(panel.transformations, [{ kind: 'merge' }]);
  assert.deepEqual(panel.overrides, [
    { by: 'name', of: 'B', look: { unit: 'bytes' } },
    { by: 'name', of: 'time', look: { hidden: true } },
  ]);
});

function filter(pattern: string, exclude = false): object {
  return { kind: 'filter', pattern, exclude };
}
