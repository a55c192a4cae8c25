import uPlot from 'uplot';
import { isBinaryUnit } from '#web/format/units.ts';
import { type AxisWish, type ValueAxis, valueAxis } from './axis-ticks.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartTheme } from './chart-theme.ts';
import { type DrawnColumns, drawnColumns } from './drawn-columns.ts';
import type { PlotInput } from './plot-input.ts';
import { plotOptions } from './plot-options.ts';
import { extentOf } from './stack.ts';

const AXIS_HEIGHT = 22;
const TICK_DISTANCE = 34;
const NOTHING: DrawnColumns = { columns: [], floors: [], bands: [], reaches: [] };

/** One uPlot. Rebuilt when series, look or theme change; samples only replace its columns. */
export class Plot {
  readonly #host: HTMLElement;
  #input: PlotInput;
  #theme: ChartTheme;
  #plot: uPlot | undefined;
  #data: ChartData | undefined;
  #structure = '';
  #width = 0;
  #height = 0;
  #left: ValueAxis = { min: 0, max: 1, ticks: [0, 1] };
  #right: ValueAxis = this.#left;
  #drawn = NOTHING;

  constructor(host: HTMLElement, input: PlotInput, theme: ChartTheme) {
    this.#host = host;
    this.#input = input;
    this.#theme = theme;
  }

  /** Index of the point under the crosshair. */
  get cursorIndex(): number | undefined {
    const { idx, left = -1 } = this.#plot?.cursor ?? {};
    return left < 0 || idx === null ? undefined : idx;
  }

  /** Changes look or theme; drawn with the next data. */
  configure(input: PlotInput, theme: ChartTheme): void {
    this.#input = input;
    this.#theme = theme;
    this.#structure = '';
  }

  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.#plot?.setSize({ width, height });
  }

  draw(data: ChartData, hidden: ReadonlySet<string>): void {
    if (this.#width < 40 || this.#height < 30) return;
    this.#data = data;
    const structure = JSON.stringify(data.series.map(({ key, look }) => [key, look, hidden.has(key)]));
    const columns = this.#prepare(data, hidden);
    if (this.#plot === undefined || structure !== this.#structure) this.#build(data, hidden);
    this.#structure = structure;
    const plot = this.#plot;
    plot?.batch(() => {
      plot.setData([data.t, ...columns] as uPlot.AlignedData, false);
      plot.setScale('x', { min: data.from, max: data.to });
      plot.setScale('y', { min: this.#left.min, max: this.#left.max });
      plot.setScale('right', { min: this.#right.min, max: this.#right.max });
    });
  }

  /** Puts the crosshair on a point, or takes it away. */
  moveCursor(index: number | undefined): void {
    const t = index === undefined ? undefined : this.#data?.t[index];
    const left = t === undefined ? -10 : (this.#plot?.valToPos(t, 'x') ?? -10);
    // The third argument, "tell the synced charts", is missing in uPlot's types.
    const setCursor = this.#plot?.setCursor as
      | ((at: uPlot.Cursor, fire: boolean, publish: boolean) => void)
      | undefined;
    setCursor?.({ left, top: left < 0 ? -10 : 4 }, true, true);
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  /** Lays out what is drawn, and with it the axes. */
  #prepare(data: ChartData, hidden: ReadonlySet<string>): readonly Float64Array[] {
    const shown = data.series.map(({ key }) => !hidden.has(key));
    const { stacked, style, min, max } = this.#input;
    this.#drawn = drawnColumns(data, { shown, stacked, bars: style === 'bars' });
    const { columns, bands } = this.#drawn;
    const isLeft = data.series.map(({ look }) => look?.axis !== 'right');
    const extent = (left: boolean): ReturnType<typeof extentOf> =>
      extentOf(
        columns.flatMap((column, index) => {
          if (!shown[index] || isLeft[index] !== left) return [];
          const band = bands[index];
          return band === undefined ? [column] : [column, band.low, band.high];
        }),
      );
    this.#left = this.#axisOf(data, { ...extent(true), fixedMin: min, fixedMax: max });
    if (isLeft.includes(false)) this.#right = this.#axisOf(data, extent(false));
    return columns;
  }

  #axisOf(data: ChartData, ends: Pick<AxisWish, 'min' | 'max' | 'fixedMin' | 'fixedMax'>): ValueAxis {
    const { stacked, unit, fill, style } = this.#input;
    const looks = data.series.map(({ look }) => look?.style);
    return valueAxis({
      ...ends,
      fromZero: stacked || fill > 0 || style === 'bars' || looks.includes('area') || looks.includes('bars'),
      binary: isBinaryUnit(unit),
      intervals: Math.max(1, Math.min(6, Math.floor((this.#height - AXIS_HEIGHT) / TICK_DISTANCE))),
    });
  }

  #build(data: ChartData, hidden: ReadonlySet<string>): void {
    this.#plot?.destroy();
    const options = plotOptions(this.#input, this.#theme, {
      size: { width: this.#width, height: this.#height },
      data,
      hidden,
      axis: (side) => (side === 'left' ? this.#left : this.#right),
      reach: (index) => (this.#data?.step ?? 1_000) * (this.#drawn.reaches[index] ?? 1),
      floor: (index) => this.#drawn.floors[index],
      band: (index) => this.#drawn.bands[index],
    });
    this.#plot = new uPlot(options, [[], ...data.series.map(() => [])] as unknown as uPlot.AlignedData, this.#host);
  }
}
