import uPlot from 'uplot';
import { isBinaryUnit } from '#web/format/units.ts';
import { type ValueAxis, valueAxis } from './axis-ticks.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { PlotInput } from './plot-input.ts';
import { plotOptions } from './plot-options.ts';
import { extentOf, stack } from './stack.ts';

const AXIS_HEIGHT = 22;
const TICK_DISTANCE = 34;

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
  #axis: ValueAxis = { min: 0, max: 1, ticks: [0, 1] };
  #floors: readonly (Float64Array | undefined)[] = [];
  #bands: readonly { readonly low: Float64Array; readonly high: Float64Array }[] = [];

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
    const structure = JSON.stringify(data.series.map(({ key }) => [key, hidden.has(key)]));
    const columns = this.#prepare(data, hidden);
    if (this.#plot === undefined || structure !== this.#structure) this.#build(data, hidden);
    this.#structure = structure;
    const plot = this.#plot;
    plot?.batch(() => {
      plot.setData([data.t, ...columns] as uPlot.AlignedData, false);
      plot.setScale('x', { min: data.from, max: data.to });
      plot.setScale('y', { min: this.#axis.min, max: this.#axis.max });
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

  /** The columns that are drawn, stacked where asked, and with them the axis, floors and bands. */
  #prepare(data: ChartData, hidden: ReadonlySet<string>): readonly Float64Array[] {
    const shown = data.series.map(({ key }) => !hidden.has(key));
    const { stacked, unit, min, max, fill, style } = this.#input;
    const visible = data.values.filter((_, index) => shown[index]);
    const layers = stacked ? stack(visible) : undefined;
    let next = 0;
    const at = shown.map((isShown) => (isShown ? next++ : -1));
    this.#floors = at.map((index) => layers?.floors[index]);
    const banded = !stacked && data.min !== undefined && data.max !== undefined;
    this.#bands = data.series.map((_, i) => ({
      low: (banded && shown[i] ? data.min?.[i] : undefined) ?? new Float64Array(0),
      high: (banded && shown[i] ? data.max?.[i] : undefined) ?? new Float64Array(0),
    }));
    const drawn = layers?.tops ?? visible;
    const extent = extentOf(banded ? [...drawn, ...this.#bands.flatMap(({ low, high }) => [low, high])] : drawn);
    this.#axis = valueAxis({
      ...extent,
      fixedMin: min,
      fixedMax: max,
      fromZero: stacked || fill > 0 || style === 'bars',
      binary: isBinaryUnit(unit),
      intervals: Math.max(1, Math.min(6, Math.floor((this.#height - AXIS_HEIGHT) / TICK_DISTANCE))),
    });
    return layers === undefined
      ? data.values
      : at.map((i, index) => layers.tops[i] ?? (data.values[index] as Float64Array));
  }

  #build(data: ChartData, hidden: ReadonlySet<string>): void {
    this.#plot?.destroy();
    const options = plotOptions(this.#input, this.#theme, {
      size: { width: this.#width, height: this.#height },
      data,
      hidden,
      axis: () => this.#axis,
      step: () => this.#data?.step ?? 1_000,
      floor: (index) => this.#floors[index],
      band: (index) => this.#bands[index],
    });
    this.#plot = new uPlot(options, [[], ...data.series.map(() => [])] as unknown as uPlot.AlignedData, this.#host);
  }
}
