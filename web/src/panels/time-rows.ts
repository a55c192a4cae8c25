import type { ChartData } from '#web/charts/chart-data.ts';
import { timeAxisLabels } from '#web/format/time.ts';
import type { Picture } from './canvas-figure.tsx';

/** Where rows over time are drawn: names at the left, the time below. */
export type RowsArea = {
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
};

const AXIS = 20;
const NAME_SHARE = 0.22;
const MOST_NAME = 160;
const GAP = 2;
const LABEL_WIDTH = 90;

/** Draws the names of the rows and the time axis; the cells are drawn into what is given back. */
export function drawRowFrame(data: ChartData, names: readonly string[], picture: Picture): RowsArea {
  const { context, width, height, theme } = picture;
  const left = Math.min(MOST_NAME, width * NAME_SHARE);
  const area = {
    left,
    width: width - left - 8,
    height: height - AXIS,
    rowHeight: (height - AXIS) / Math.max(1, names.length),
  };
  context.fillStyle = theme.axis;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const every = Math.ceil(14 / area.rowHeight);
  names.forEach((name, row) => {
    if (row % every !== 0) return;
    context.fillText(clipped(context, name, left - 10), left - 6, (row + 0.5) * area.rowHeight);
  });
  context.textAlign = 'center';
  const ticks = timeTicks(data, Math.max(1, Math.floor(area.width / LABEL_WIDTH)));
  timeAxisLabels(ticks, ticks.length > 1 ? (ticks[1] as number) - (ticks[0] as number) : data.step).forEach(
    (label, index) => {
      context.fillText(label, xOf(data, ticks[index] as number, area), height - AXIS / 2);
    },
  );
  return area;
}

/** Fills the cell of a row between two times. */
export function fillCell(
  { context }: Picture,
  area: RowsArea,
  cell: { readonly row: number; readonly from: number; readonly to: number; readonly colour: string },
): void {
  context.fillStyle = cell.colour;
  const gap = area.rowHeight > 8 ? GAP : 0;
  context.fillRect(
    cell.from,
    cell.row * area.rowHeight + gap / 2,
    Math.max(1, cell.to - cell.from),
    area.rowHeight - gap,
  );
}

/** The place of a time, px. */
export function xOf({ from, to }: Pick<ChartData, 'from' | 'to'>, t: number, { left, width }: RowsArea): number {
  return left + Math.min(1, Math.max(0, (t - from) / Math.max(1, to - from))) * width;
}

function timeTicks({ from, to }: ChartData, count: number): number[] {
  const step = (to - from) / count;
  const round =
    [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400].find((s) => s * 1_000 >= step) ??
    604_800;
  const first = Math.ceil(from / (round * 1_000)) * round * 1_000;
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / (round * 1_000)) + 1) },
    (_, i) => first + i * round * 1_000,
  );
}

function clipped(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}
