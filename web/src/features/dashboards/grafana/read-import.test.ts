import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dashboard } from '#core/api/dashboard.ts';
import { filterPanels } from './filter-report.ts';
import { readImport } from './read-import.ts';

const PANELS = [
  { type: 'text', title: 'Words', options: { content: 'hello' } },
  {
    type: 'timeseries',
    title: 'Rate',
    targets: [{ refId: 'A', expr: 'up' }],
    fieldConfig: { defaults: { unit: 'kbytes' } },
  },
  { type: 'nodeGraph', title: 'Map' },
];
const GRAFANA = { title: 'Theirs', schemaVersion: 39, panels: PANELS };
const OURS = Dashboard.parse({ title: 'Ours', panels: [{ id: 'a', type: 'text', place: { x: 0, y: 0, w: 4, h: 4 } }] });

test('whose dashboard a text is shows in its fields', () => {
  const theirs = readImport(JSON.stringify(GRAFANA));
  assert.ok(theirs?.ok === true && theirs.dashboard.title === 'Theirs');
  assert.deepEqual(theirs.report?.totals, { kept: 1, approximated: 1, unsupported: 1 });
  for (const wrapped of [OURS, { dashboard: OURS }]) {
    assert.deepEqual(readImport(JSON.stringify(wrapped)), { ok: true, dashboard: OURS });
  }
});

test('what is neither is explained', () => {
  assert.equal(readImport('  '), undefined);
  assert.match(problemsOf('{'), /^Not JSON/);
  assert.match(problemsOf('{"title": 1}'), /title: /);
  assert.match(
    problemsOf(`{"schemaVersion":39,"panels":[${'{"a":'.repeat(300)}1${'}'.repeat(300)}]}`),
    /nested deeper/,
  );
});

test('panels are found by status and by any word of what is said about them', () => {
  const read = readImport(JSON.stringify(GRAFANA));
  assert.ok(read?.ok === true && read.report !== undefined);
  const { report } = read;
  const titles = (...[status, words]: [Parameters<typeof filterPanels>[1], string]): string[] =>
    filterPanels(report, status, words).map(({ title }) => title);
  assert.deepEqual(titles(undefined, ''), ['Words', 'Rate', 'Map']);
  assert.deepEqual(titles('unsupported', ''), ['Map']);
  assert.deepEqual(titles(undefined, 'GREATER or smaller'), ['Rate']);
  assert.deepEqual(titles('kept', 'rate'), []);
});

function problemsOf(text: string): string {
  const read = readImport(text);
  return read?.ok === false ? read.problems.join('\n') : '';
}
