import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dashboard } from '#core/api/dashboard.ts';
import { freshId, nudged, placeBelow, withCopy, withoutPanel, withPlaces } from './panel-draft.ts';

const board = Dashboard.parse({
  title: 'Test',
  panels: [
    { id: 'p1', type: 'stat', title: 'A', place: { x: 0, y: 0, w: 12, h: 4 } },
    { id: 'p3', type: 'stat', place: { x: 0, y: 4, w: 6, h: 4 } },
    { id: 'p4', type: 'stat', place: { x: 12, y: 4, w: 6, h: 4 } },
  ],
});

test('a new panel gets a free id and the place below all others', () => {
  assert.equal(freshId(board.panels), 'p5');
  assert.equal(freshId(board.panels.slice(0, 2)), 'p4');
  assert.deepEqual(placeBelow(board.panels, { w: 6, h: 4 }), { x: 0, y: 8, w: 6, h: 4 });
});

test('a copy lies below its original and moves away only what it would cover', () => {
  const { panels } = withCopy(board, board.panels[0]!);
  const places = Object.fromEntries(panels.map(({ id, place }) => [id, [place.x, place.y]]));
  assert.deepEqual(places, { p1: [0, 0], p3: [0, 8], p4: [12, 4], p5: [0, 4] });
  assert.equal(panels.at(-1)?.title, 'A copy');
});

test('places that did not change leave the dashboard the same object', () => {
  const same = new Map(board.panels.map(({ id, place }) => [id, { ...place }]));
  assert.equal(withPlaces(board, same), board);
  same.set('p1', { x: 1, y: 0, w: 12, h: 4 });
  assert.equal(withPlaces(board, same).panels[0]?.place.x, 1);
});

test('arrow keys move and resize inside the grid', () => {
  const place = { x: 0, y: 0, w: 24, h: 2 };
  assert.equal(nudged(place, 'move', 'ArrowLeft'), undefined);
  assert.equal(nudged(place, 'resize', 'ArrowRight'), undefined);
  assert.deepEqual(nudged(place, 'move', 'ArrowDown'), { ...place, y: 1 });
  assert.deepEqual(nudged(place, 'resize', 'ArrowLeft'), { ...place, w: 23 });
  assert.equal(nudged(place, 'move', 'Enter'), undefined);
});

test('a deleted panel is gone', () => {
  assert.deepEqual(
    withoutPanel(board, 'p3').panels.map(({ id }) => id),
    ['p1', 'p4'],
  );
});
