import { asText, isObject, type JsonObject } from './json-reader.ts';

export type LayoutContext = {
  /** The panel of an element, in the classic model, without a place. */
  readonly panelOf: (name: string) => JsonObject;
  readonly lose: (what: string, how: string) => void;
};

const COLUMNS = 24;
/** Rows of an automatic grid, grid units. */
const AUTO_HEIGHTS: Readonly<Record<string, number>> = { short: 5, standard: 9, tall: 14 };
const MAX_NESTING = 20;

/** The panels of a V2 layout in the classic model, in reading order: tabs and rows become row panels. */
export function layoutPanels(layout: unknown, context: LayoutContext, y = 0, nesting = 0): JsonObject[] {
  const { kind } = record(layout);
  const spec = record(record(layout)['spec']);
  if (nesting > MAX_NESTING) return [];
  switch (kind) {
    case 'GridLayout':
      return items(spec).flatMap((item) => gridItem(item, context, y));
    case 'AutoGridLayout':
    case 'ResponsiveGridLayout':
      context.lose('layout', 'an automatic grid becomes a fixed one');
      return autoGrid(spec, context, y);
    case 'RowsLayout':
      return sections(list(spec['rows']), context, { y, nesting, what: 'row' });
    case 'TabsLayout':
      context.lose('layout', 'tabs become rows');
      return sections(list(spec['tabs']), context, { y, nesting, what: 'tab' });
    default:
      context.lose('layout', `the layout ${asText(kind)} is not known: its panels are missing`);
      return [];
  }
}

type Place = { readonly y: number; readonly nesting: number; readonly what: 'row' | 'tab' };

function sections(parts: readonly unknown[], context: LayoutContext, place: Place): JsonObject[] {
  const panels: JsonObject[] = [];
  let { y } = place;
  parts.forEach((part, index) => {
    const spec = record(record(part)['spec']);
    const { title, collapse, hideHeader, repeat } = spec;
    conditions(spec, `layout.${place.what}s.${index}`, context);
    const isBare = hideHeader === true && !isObject(repeat);
    const inner = layoutPanels(spec['layout'], context, isBare ? y : y + 1, place.nesting + 1);
    if (isBare) {
      panels.push(...inner);
      y = Math.max(y, ...inner.map(bottomOf));
      return;
    }
    const isCollapsed = collapse === true && !inner.some((panel) => panel['type'] === 'row');
    panels.push({
      type: 'row',
      title: title ?? '',
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      ...repeatOf(repeat),
      collapsed: isCollapsed,
      panels: isCollapsed ? inner : [],
    });
    if (!isCollapsed) panels.push(...inner);
    y = Math.max(y + 1, ...inner.map(bottomOf));
  });
  return panels;
}

function gridItem(item: unknown, context: LayoutContext, top: number): JsonObject[] {
  const spec = record(record(item)['spec']);
  const { x, y, width, height } = spec;
  if (record(item)['kind'] === 'GridLayoutRow') {
    const inner = list(spec['elements']).flatMap((each) => gridItem(each, context, top));
    const isCollapsed = spec['collapsed'] === true;
    const row = { type: 'row', title: spec['title'] ?? '', gridPos: { x: 0, y: number(y, 0) + top, w: COLUMNS, h: 1 } };
    const whole = { ...row, collapsed: isCollapsed, panels: isCollapsed ? inner : [], ...repeatOf(spec['repeat']) };
    return isCollapsed ? [whole] : [whole, ...inner];
  }
  const gridPos = { x: number(x, 0), y: number(y, 0) + top, w: number(width, 12), h: number(height, 8) };
  return [{ ...elementOf(spec, context), gridPos, ...repeatOf(spec['repeat']) }];
}

function autoGrid(spec: JsonObject, context: LayoutContext, top: number): JsonObject[] {
  const columns = Math.min(COLUMNS, Math.max(1, number(spec['maxColumnCount'], 3)));
  const w = Math.max(1, Math.floor(COLUMNS / columns));
  const h = AUTO_HEIGHTS[asText(spec['rowHeightMode'])] ?? 9;
  return items(spec).map((item, index) => {
    const inner = record(record(item)['spec']);
    conditions(inner, `layout.items.${index}`, context);
    const gridPos = { x: (index % columns) * w, y: top + Math.floor(index / columns) * h, w, h };
    return { ...elementOf(inner, context), gridPos, ...repeatOf(inner['repeat']) };
  });
}

function elementOf(spec: JsonObject, { panelOf }: LayoutContext): JsonObject {
  return panelOf(asText(record(spec['element'])['name']));
}

function conditions(spec: JsonObject, what: string, { lose }: LayoutContext): void {
  if (isObject(spec['conditionalRendering'])) lose(`${what}.conditionalRendering`, 'it is shown always');
}

function repeatOf(repeat: unknown): JsonObject {
  if (!isObject(repeat) || typeof repeat['value'] !== 'string') return {};
  const { value, direction, maxPerRow } = repeat;
  return { repeat: value, repeatDirection: direction ?? 'h', ...(maxPerRow === undefined ? {} : { maxPerRow }) };
}

function bottomOf(panel: JsonObject): number {
  const { y, h } = record(panel['gridPos']);
  const inner = list(panel['panels']).map((each) => bottomOf(record(each)));
  return Math.max(number(y, 0) + number(h, 1), ...inner);
}

const record = (value: unknown): JsonObject => (isObject(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const items = (spec: JsonObject): readonly unknown[] => list(spec['items']);
const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
