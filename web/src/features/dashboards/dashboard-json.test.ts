import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dashboard } from '#core/api/dashboard.ts';
import { dashboardJson, readDashboardJson } from './dashboard-json.ts';

const board = Dashboard.parse({
  title: 'Test',
  panels: [{ id: 'p1', type: 'stat', place: { x: 0, y: 0, w: 6, h: 4 } }],
});

test('what is written is read back, alone or as stored', () => {
  assert.deepEqual(readDashboardJson(dashboardJson(board)), { ok: true, dashboard: board });
  assert.deepEqual(readDashboardJson(JSON.stringify({ id: 'x', dashboard: board })), { ok: true, dashboard: board });
});

test('a problem names its path', () => {
  const wrong = { ...board, colour: 'red', panels: [{ ...board.panels[0], place: { x: 0, y: 0, w: 60, h: 4 } }] };
  const read = readDashboardJson(JSON.stringify(wrong));
  assert.ok(!read.ok);
  assert.ok(
    read.problems.some((problem) => problem.startsWith('panels[0].place.w: ')),
    read.problems.join('\n'),
  );
  assert.ok(read.problems.some((problem) => problem.startsWith('dashboard: ') && problem.includes('colour')));
});

test('what is no JSON is said to be none', () => {
  const read = readDashboardJson('{');
  assert.ok(!read.ok && read.problems[0]?.startsWith('Not JSON: '));
});
