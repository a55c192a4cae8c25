import type { GridPlace, Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';

const COLUMNS = 24;

/** A panel as it is shown: a repeated one stands once for each value of its variable. */
export type ShownPanel = { readonly key: string; readonly panel: Panel; readonly values: VariableValues };

/** Panels in reading order: repeated, sections that are closed without their panels, no gaps where those stood. */
export function layOutPanels(
  panels: readonly Panel[],
  values: VariableValues,
  isClosed: (row: Panel) => boolean,
): ShownPanel[] {
  const ordered = [...panels].sort((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
  const shown: ShownPanel[] = [];
  let shift = 0;
  let closedAt: number | undefined;
  let bandBottom = 0;
  let bandGrowth = 0;
  for (const panel of ordered) {
    if (panel.place.y >= bandBottom) {
      shift += bandGrowth;
      bandGrowth = 0;
    }
    if (panel.type === 'row') {
      if (closedAt !== undefined) shift -= panel.place.y - closedAt;
      closedAt = isClosed(panel) ? panel.place.y + panel.place.h : undefined;
    } else if (closedAt !== undefined) continue;
    const place = { ...panel.place, y: panel.place.y + shift };
    const copies = copiesOf({ ...panel, place }, values);
    shown.push(...copies);
    bandBottom = Math.max(bandBottom, panel.place.y + panel.place.h);
    const bottom = Math.max(...copies.map(({ panel: copy }) => copy.place.y + copy.place.h));
    bandGrowth = Math.max(bandGrowth, bottom - place.y - place.h);
  }
  return shown;
}

function copiesOf(panel: Panel, values: VariableValues): ShownPanel[] {
  const { repeat, place, id } = panel;
  const chosen = repeat === undefined ? undefined : values[repeat.variable];
  if (repeat === undefined || chosen === undefined) return [{ key: id, panel, values }];
  const list = typeof chosen === 'string' ? [chosen] : chosen;
  const perRow = Math.max(1, Math.min(repeat.perRow, list.length));
  return list.map((value, index) => ({
    key: `${id} ${value}`,
    panel: { ...panel, place: repeat.direction === 'v' ? below(place, index) : beside(place, index, perRow) },
    values: { ...values, [repeat.variable]: value },
  }));
}

const below = (place: GridPlace, index: number): GridPlace => ({ ...place, y: place.y + index * place.h });

function beside(place: GridPlace, index: number, perRow: number): GridPlace {
  const w = Math.floor(COLUMNS / perRow);
  return { x: (index % perRow) * w, y: place.y + Math.floor(index / perRow) * place.h, w, h: place.h };
}
