import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placePanels } from './layout.ts';
import { openRows } from './open-rows.ts';
import { takeNotes } from './report.ts';
import { repeatInRows } from './row-repeat.ts';
import { layoutPanels } from './v2-layout.ts';

const at = (title: string, x: number, y: number, h: number): object => ({
  title,
  type: 'stat',
  gridPos: { x, y, w: 12, h },
});
const places = (panels: readonly object[]): readonly unknown[] =>
  placePanels(panels).map(({ source, place: { x, y, h } }) => [source['title'], x, y, h]);

test('the panels of a collapsed row stand below it, and all that follows is moved down', () => {
  const row = {
    title: 'row',
    type: 'row',
    gridPos: { x: 0, y: 4, w: 24, h: 1 },
    panels: [at('in', 0, 5, 6), at('in 2', 12, 5, 3)],
  };
  assert.deepEqual(
    places([at('after', 0, 5, 2), row, at('before', 0, 0, 4), { ...row, title: 'next', gridPos: { y: 7 } }]),
    [
      ['before', 0, 0, 4],
      ['row', 0, 4, 1],
      ['in', 0, 5, 6],
      ['in 2', 12, 5, 3],
      ['after', 0, 11, 2],
      ['next', 0, 13, 1],
      ['in', 0, 14, 6],
      ['in 2', 12, 14, 3],
    ],
  );
});

test('places are brought into the grid', () => {
  assert.deepEqual(
    places([
      { title: 'wide', type: 'stat', gridPos: { x: 20, y: -3, w: 12, h: 500 } },
      { title: 'none', type: 'stat' },
    ]),
    [
      ['none', 0, 0, 8],
      ['wide', 12, 0, 60],
    ],
  );
});

test('a repeated row repeats its panels, but those that are repeated already', () => {
  const row = (title: string, repeat?: string): object => ({
    title,
    type: 'row',
    repeat,
    gridPos: { y: title.length },
  });
  const own = { ...at('own', 0, 2, 1), repeat: 'port' };
  const placed = repeatInRows(
    placePanels([row('r', 'host'), at('one', 0, 1, 1), own, row('next'), at('two', 0, 9, 1)]),
  );
  assert.deepEqual(
    placed.map(({ source }) => [source['title'], source['repeat']]),
    [
      ['r', 'host'],
      ['one', 'host'],
      ['own', 'port'],
      ['next', undefined],
      ['two', undefined],
    ],
  );
});

test('rows and automatic grids of V2 have places; a hidden header takes no room', () => {
  const item = (name: string): object => ({ kind: 'AutoGridLayoutItem', spec: { element: { name } } });
  const grid = (...names: string[]): object => ({
    kind: 'AutoGridLayout',
    spec: { maxColumnCount: 2, rowHeightMode: 'short', items: names.map(item) },
  });
  const row = (title: string, more: object, layout: object): object => ({
    kind: 'RowsLayoutRow',
    spec: { title, ...more, layout },
  });
  const rows = [
    row('', { hideHeader: true }, grid('a')),
    row('Open', {}, grid('b', 'c', 'd')),
    row('Shut', { collapse: true }, grid('e')),
  ];
  const lost: string[] = [];
  const panels = layoutPanels(
    { kind: 'RowsLayout', spec: { rows } },
    { panelOf: (title) => ({ title }), lose: (what, how) => void lost.push(`${what}: ${how}`) },
  );
  assert.deepEqual(
    placePanels(panels).map(({ source, place }) => [source['title'], place.x, place.y, place.w]),
    [
      ['a', 0, 0, 12],
      ['Open', 0, 5, 24],
      ['b', 0, 6, 12],
      ['c', 12, 6, 12],
      ['d', 0, 11, 12],
      ['Shut', 0, 16, 24],
      ['e', 0, 17, 12],
    ],
  );
  assert.deepEqual([...new Set(lost)], ['layout: an automatic grid becomes a fixed one']);
});

test('a collapsed row that panels outside of it follow stands open', () => {
  const row = (title: string, y: number): object => ({
    title,
    type: 'row',
    collapsed: true,
    gridPos: { y },
    panels: [at('in', 0, y + 1, 2)],
  });
  const notes = takeNotes();
  const placed = openRows(placePanels([row('first', 0), at('out', 0, 1, 2), row('second', 3)]), notes);
  assert.deepEqual(
    placed.map(({ source }) => [source['title'], source['collapsed']]),
    [
      ['first', false],
      ['in', undefined],
      ['out', undefined],
      ['second', true],
      ['in', undefined],
    ],
  );
  assert.deepEqual(
    notes.notes.map(({ what }) => what),
    ['row "first"'],
  );
});
