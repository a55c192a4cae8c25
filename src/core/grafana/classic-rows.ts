import { isObject, type JsonObject, without } from './json-reader.ts';

const COLUMNS = 24;
const SPANS = 12;
const DEFAULT_SPAN = 4;
const DEFAULT_HEIGHT_PX = 250;
const LEAST_HEIGHT_PX = 90;
const CELL_PX = 38;

/**
 * The panels of a dashboard with `rows[]` (schemaVersion up to 16) with places in the grid: a span is two columns, 38 px
 * are one cell. Rows get a header of their own where one of them has a title to show, is collapsed, or is repeated.
 */
export function panelsOfRows(rows: readonly unknown[]): JsonObject[] {
  const known = rows.filter(isObject);
  const hasHeaders = known.some(
    (row) => row['collapse'] === true || row['showTitle'] === true || isText(row['repeat']),
  );
  const out: JsonObject[] = [];
  let y = 0;
  for (const row of known) {
    const inner = placeRow(row, hasHeaders ? y + 1 : y);
    const isCollapsed = hasHeaders && row['collapse'] === true;
    if (hasHeaders) out.push(headerOf(row, y, isCollapsed ? inner.panels : []));
    if (!isCollapsed) out.push(...inner.panels);
    y = isCollapsed ? y + 1 : inner.bottom;
  }
  return out;
}

function headerOf({ title, repeat }: JsonObject, y: number, panels: readonly JsonObject[]): JsonObject {
  return {
    type: 'row',
    title: title ?? '',
    gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    collapsed: panels.length > 0,
    panels,
    ...(isText(repeat) ? { repeat } : {}),
  };
}

function placeRow(row: JsonObject, top: number): { readonly panels: JsonObject[]; readonly bottom: number } {
  const height = cells(row['height']) ?? (cells(DEFAULT_HEIGHT_PX) as number);
  const panels: JsonObject[] = [];
  let x = 0;
  let y = top;
  let lineHeight = 0;
  for (const panel of Array.isArray(row['panels']) ? row['panels'].filter(isObject) : []) {
    const w = Math.max(1, Math.min(COLUMNS, Math.round((spanOf(panel) * COLUMNS) / SPANS)));
    if (x + w > COLUMNS) {
      x = 0;
      y += lineHeight;
      lineHeight = 0;
    }
    const h = cells(panel['height']) ?? height;
    panels.push({ ...without(panel, 'span', 'height'), gridPos: { x, y, w, h } });
    x += w;
    lineHeight = Math.max(lineHeight, h);
  }
  return { panels, bottom: y + lineHeight };
}

function spanOf({ span }: JsonObject): number {
  return typeof span === 'number' && span > 0 ? Math.min(SPANS, span) : DEFAULT_SPAN;
}

/** Cells of a height in pixels: `250`, `"250px"`. */
function cells(height: unknown): number | undefined {
  const px = typeof height === 'number' ? height : typeof height === 'string' ? Number.parseFloat(height) : Number.NaN;
  return Number.isFinite(px) ? Math.ceil(Math.max(px, LEAST_HEIGHT_PX) / CELL_PX) : undefined;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
