import type { GridPlace } from '#core/api/dashboard.ts';
import { isObject, type JsonObject } from './json-reader.ts';

/** A panel of the source and where it goes. */
export type PlacedPanel = {
  readonly source: JsonObject;
  readonly place: GridPlace;
  /** It belongs to a collapsed row. */
  readonly isInside?: boolean;
};

const COLUMNS = 24;
const MAX_HEIGHT = 60;

/**
 * All panels in reading order, each once. The panels of a collapsed row come after it, where they stand when it is
 * opened: all below is moved down by their height.
 */
export function placePanels(panels: readonly unknown[]): PlacedPanel[] {
  const out: PlacedPanel[] = [];
  let shift = 0;
  let below = 0;
  for (const { source, place } of inOrder(panels, 0)) {
    const moved = { ...place, y: place.y + shift };
    out.push({ source, place: moved });
    below = Math.max(below, moved.y + moved.h);
    const inner = isRow(source) && Array.isArray(source['panels']) ? inOrder(source['panels'], below) : [];
    if (inner.length === 0) continue;
    const top = Math.min(...inner.map((each) => each.place.y));
    const bottom = Math.max(...inner.map((each) => each.place.y + each.place.h));
    for (const each of inner)
      out.push({ ...each, isInside: true, place: { ...each.place, y: each.place.y - top + moved.y + 1 } });
    shift += bottom - top;
    below = Math.max(below, moved.y + 1 + bottom - top);
  }
  return out;
}

/** True for a panel that is the header of a row. */
export function isRow({ type }: JsonObject): boolean {
  return type === 'row';
}

function inOrder(panels: readonly unknown[], otherwiseAt: number): PlacedPanel[] {
  const placed = panels.filter(isObject).map((source) => ({ source, place: placeOf(source, otherwiseAt) }));
  return placed.sort((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
}

function placeOf(panel: JsonObject, otherwiseAt: number): GridPlace {
  const { x, y, w, h } = isObject(panel['gridPos']) ? panel['gridPos'] : {};
  const width = isRow(panel) ? COLUMNS : within(w, 1, COLUMNS, 12);
  return {
    x: isRow(panel) ? 0 : within(x, 0, COLUMNS - width, 0),
    y: within(y, 0, 1e6, otherwiseAt),
    w: width,
    h: isRow(panel) ? 1 : within(h, 1, MAX_HEIGHT, 8),
  };
}

function within(value: unknown, low: number, high: number, otherwise: number): number {
  const number = typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : otherwise;
  return Math.min(high, Math.max(low, number));
}
