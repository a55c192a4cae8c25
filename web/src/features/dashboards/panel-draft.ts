import type { Dashboard, GridPlace, Panel } from '#core/api/dashboard.ts';

const COLUMNS = 24;
const MIN_W = 3;
const MIN_H = 2;
const MAX_H = 60;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** An id that no panel of the dashboard has. */
export function freshId(panels: readonly Panel[]): string {
  const taken = new Set(panels.map(({ id }) => id));
  let number = panels.length + 1;
  while (taken.has(`p${number}`)) number++;
  return `p${number}`;
}

/** The place of a new panel: below all others. */
export function placeBelow(panels: readonly Panel[], size: { readonly w: number; readonly h: number }): GridPlace {
  return { x: 0, y: panels.reduce((bottom, { place }) => Math.max(bottom, place.y + place.h), 0), ...size };
}

/** The dashboard with this panel changed, or added when its id is new. */
export function withPanel(dashboard: Dashboard, panel: Panel): Dashboard {
  const known = dashboard.panels.some(({ id }) => id === panel.id);
  const panels = known
    ? dashboard.panels.map((other) => (other.id === panel.id ? panel : other))
    : [...dashboard.panels, panel];
  return { ...dashboard, panels };
}

export function withoutPanel(dashboard: Dashboard, id: string): Dashboard {
  return { ...dashboard, panels: dashboard.panels.filter((panel) => panel.id !== id) };
}

/** The dashboard with a copy of the panel right below it. */
export function withCopy(dashboard: Dashboard, panel: Panel): Dashboard {
  const copy: Panel = {
    ...panel,
    id: freshId(dashboard.panels),
    title: panel.title === '' ? '' : `${panel.title} copy`,
    place: { ...panel.place, y: panel.place.y + panel.place.h },
  };
  return { ...dashboard, panels: pushedDown(dashboard.panels, copy) };
}

/** Puts places of the grid editor into the panels; the same object when nothing moved. */
export function withPlaces(dashboard: Dashboard, places: ReadonlyMap<string, GridPlace>): Dashboard {
  let isMoved = false;
  const panels = dashboard.panels.map((panel) => {
    const place = places.get(panel.id);
    if (place === undefined || samePlace(place, panel.place)) return panel;
    isMoved = true;
    return { ...panel, place };
  });
  return isMoved ? { ...dashboard, panels } : dashboard;
}

/** A place moved or resized by one arrow key; undefined when the key is none or the edge is reached. */
export function nudged(place: GridPlace, mode: 'move' | 'resize', key: string): GridPlace | undefined {
  const [dx, dy] = ARROWS[key] ?? [0, 0];
  const next =
    mode === 'move'
      ? { ...place, x: clamp(place.x + dx, 0, COLUMNS - place.w), y: Math.max(0, place.y + dy) }
      : { ...place, w: clamp(place.w + dx, MIN_W, COLUMNS - place.x), h: clamp(place.h + dy, MIN_H, MAX_H) };
  return samePlace(next, place) ? undefined : next;
}

/** Panels with one more; those that it would cover move down. */
function pushedDown(panels: readonly Panel[], added: Panel): Panel[] {
  const { x, y, w, h } = added.place;
  const moved = panels.map((panel) => {
    const { place } = panel;
    const overlaps = place.x < x + w && x < place.x + place.w;
    return overlaps && place.y >= y ? { ...panel, place: { ...place, y: place.y + h } } : panel;
  });
  return [...moved, added];
}

function samePlace(a: GridPlace, b: GridPlace): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
