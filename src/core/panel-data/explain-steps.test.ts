import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Transformation } from '#core/api/panel-display.ts';
import { explainSteps, startOf } from './explain-steps.ts';

const START = {
  t: Float64Array.of(1_000, 2_000),
  series: ['used', 'free'].map((name, query) => ({
    key: name,
    name,
    labels: { host: 'web', kind: name },
    query,
    values: Float64Array.of(1, 2),
  })),
};

const explain = (showsRows: boolean, ...steps: readonly unknown[]) =>
  explainSteps(
    START,
    steps.map((step) => Transformation.parse(step)),
    showsRows,
  );

test('each step tells what is there after it', () => {
  assert.deepEqual(startOf(START), { shape: 'series', names: ['used', 'free'], labels: ['host', 'kind'], rows: 2 });
  const told = explain(true, { kind: 'rename', pattern: 'd$', to: 'D' }, { kind: 'reduce', figures: ['max', 'last'] });
  assert.deepEqual(
    told.map(({ shape, names, rows, problem }) => [shape, names, rows, problem]),
    [
      ['series', ['useD', 'free'], 2, undefined],
      ['table', ['series', 'max', 'last'], 2, undefined],
    ],
  );
});

const PROBLEMS: readonly (readonly [problem: RegExp, ...steps: unknown[]])[] = [
  [/^\( is no regular expression$/, { kind: 'filter', pattern: '(' }],
  [/^nothing is left$/, { kind: 'filter', pattern: 'absent' }],
  [/^nothing is called gone here$/, { kind: 'calculate', left: 'gone', operator: '+', right: '1' }],
  [/^choose what it acts on$/, { kind: 'calculate', left: 'used', operator: '+', right: '' }],
  [/^nothing is called gone here$/, { kind: 'combine', of: ['gone'], figure: 'sum' }],
  [/^no series has the label rack$/, { kind: 'join-by-label', label: 'rack' }],
  [/^nothing is called rack here$/, { kind: 'merge' }, { kind: 'group', by: ['rack'], figure: 'sum' }],
  [/^nothing is called gone here$/, { kind: 'merge' }, { kind: 'organise', hidden: ['gone'] }],
  [/^nothing is called gone here$/, { kind: 'merge' }, { kind: 'where', field: 'gone', is: '=' }],
];

for (const [problem, ...steps] of PROBLEMS) {
  test(`what does nothing is said: ${JSON.stringify(steps.at(-1))}`, () => {
    assert.match(explain(true, ...steps).at(-1)?.problem ?? '', problem);
  });
}

test('rows are said to be lost where the panel draws series', () => {
  const merge = { kind: 'merge' };
  assert.match(explain(false, merge)[0]?.problem ?? '', /only the type Table shows rows/);
  assert.equal(explain(true, merge)[0]?.problem, undefined);
});

test('rows of SQL are transformed as they came', () => {
  const answered = { fields: [{ name: 'host', kind: 'text' as const }], rows: [['a'], ['b']] };
  const [told] = explainSteps(answered, [Transformation.parse({ kind: 'limit', count: 1 })], true);
  assert.deepEqual([told?.shape, told?.names, told?.rows], ['table', ['host'], 1]);
});
