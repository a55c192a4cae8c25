import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Panel } from '#core/api/dashboard.ts';
import { layOutPanels, type ShownPanel } from './lay-out-panels.ts';

const panel = (id: string, place: [x: number, y: number, w: number, h: number], rest: object = {}): Panel => {
  const [x, y, w, h] = place;
  return Panel.parse({ id, type: 'stat', place: { x, y, w, h }, ...rest });
};
const placesOf = (shown: readonly ShownPanel[]) =>
  shown.map(({ key, panel: { place } }) => [key, place.x, place.y, place.w]);
const open = () => false;

test('a repeated panel stands side by side, what is below moves down', () => {
  const repeat = { variable: 'host', perRow: 2 };
  const panels = [panel('a', [0, 0, 24, 4], { repeat }), panel('b', [0, 4, 12, 4])];
  const shown = layOutPanels(panels, { host: ['x', 'y', 'z'] }, open);
  assert.deepEqual(placesOf(shown), [
    ['a x', 0, 0, 12],
    ['a y', 12, 0, 12],
    ['a z', 0, 4, 12],
    ['b', 0, 8, 12],
  ]);
  assert.equal(shown[1]?.values['host'], 'y');
});

test('a panel is repeated downwards; one value is one panel', () => {
  const panels = [
    panel('a', [0, 0, 12, 4], { repeat: { variable: 'host', direction: 'v' } }),
    panel('b', [0, 4, 12, 4]),
  ];
  assert.deepEqual(
    placesOf(layOutPanels(panels, { host: ['x', 'y'] }, open)).map(([, , y]) => y),
    [0, 4, 8],
  );
  assert.deepEqual(placesOf(layOutPanels(panels, { host: 'x' }, open)), [
    ['a x', 0, 0, 12],
    ['b', 0, 4, 12],
  ]);
});

test('a closed section leaves its heading only', () => {
  const row = (id: string, y: number) => panel(id, [0, y, 24, 1], { type: 'row' });
  const panels = [
    panel('a', [0, 0, 24, 2]),
    row('r', 2),
    panel('b', [0, 3, 24, 8]),
    row('s', 11),
    panel('c', [0, 12, 24, 4]),
  ];
  const shown = layOutPanels(panels, {}, ({ id }) => id === 'r');
  assert.deepEqual(
    placesOf(shown).map(([key, , y]) => [key, y]),
    [
      ['a', 0],
      ['r', 2],
      ['s', 3],
      ['c', 4],
    ],
  );
});
