import type { PanelQuery } from '#core/api/dashboard.ts';
import type { SeriesOverride, Transformation } from '#core/api/panel-display.ts';
import { lookOf } from '#core/panel-data/series-look.ts';
import { columnValues, type PlannedSeries, planSeries, splitSteps } from '#core/panel-data/series-steps.ts';
import { type ChartData, type ChartSeries, type ChartSource, type ChartStatus, EMPTY_DATA } from './chart-data.ts';
import { fillPattern } from './series-name.ts';
import { lineStatistics } from './statistics.ts';

/** What stands between the answers of a panel's queries and its picture. */
export type Display = {
  readonly transformations?: readonly Transformation[] | undefined;
  readonly overrides?: readonly SeriesOverride[] | undefined;
  /** All queries of the panel, also those that are not asked: they have their letters. */
  readonly queries?: readonly Pick<PanelQuery, 'text' | 'hidden'>[] | undefined;
};

type Plan = {
  readonly of: readonly ChartSeries[];
  readonly series: readonly (ChartSeries & PlannedSeries)[];
  /** How many there would be without a limit. */
  readonly count: number;
  readonly sortedBy: ChartData | undefined;
};

/** True when nothing is changed on the way. */
export function isPlain({ transformations = [], overrides = [] }: Display): boolean {
  return transformations.length === 0 && overrides.length === 0;
}

/**
 * A source with its series filtered, renamed, calculated and ordered, and with their own looks. The order by value is
 * that of the moment in which the set of series changed: lines do not jump while one looks.
 */
export class DisplayedSource implements ChartSource {
  readonly #source: ChartSource;
  readonly #steps: readonly Transformation[];
  readonly #overrides: readonly SeriesOverride[];
  readonly #needsValues: boolean;
  readonly #limit: number;
  readonly #places: readonly number[];
  readonly #listeners = new Set<() => void>();
  #plan: Plan = { of: [], series: [], count: 0, sortedBy: undefined };
  #told: { readonly of: ChartStatus; readonly plan: Plan; readonly status: ChartStatus } | undefined;

  /** At most `limit` series are left, the first ones. */
  constructor(
    source: ChartSource,
    { transformations = [], overrides = [], queries = [] }: Display,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#source = source;
    this.#limit = limit;
    this.#places = queries.flatMap(({ text, hidden }, place) => (hidden || text.trim() === '' ? [] : [place]));
    this.#steps = splitSteps(transformations).series;
    this.#overrides = overrides;
    this.#needsValues = this.#steps.some((step) => step.kind === 'sort' && step.by === '');
  }

  readonly status = (): ChartStatus => {
    const of = this.#source.status();
    const plan = this.#planOf(of.series);
    if (this.#told?.of !== of || this.#told.plan !== plan) {
      const total = plan.count + of.total - of.series.length;
      const sorted = this.#steps.some(({ kind }) => kind === 'sort');
      this.#told = { of, plan, status: { ...of, total, series: plan.series, ...(sorted ? { sorted } : {}) } };
    }
    return this.#told.status;
  };

  readonly read = (): ChartData => {
    const data = this.#source.read();
    const series = this.#source.status().series;
    if (data.values.length < series.length) return EMPTY_DATA;
    const plan = this.#planOf(series, data);
    const columns = (values: readonly Float64Array[]): Float64Array[] =>
      plan.series.map(({ column }) => columnValues(column, values));
    const values = columns(data.values);
    const band = (edge: readonly Float64Array[] | undefined): Float64Array[] | undefined =>
      edge &&
      plan.series.map(({ column }, at) => ('index' in column ? edge[column.index] : values[at]) as Float64Array);
    const [min, max] = [band(data.min), band(data.max)];
    const { t, from, to, step } = data;
    const edges = min !== undefined && max !== undefined ? { min, max } : {};
    return { series: plan.series, t, values, from, to, step, ...edges };
  };

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const end = this.#source.listen(listener);
    return () => {
      this.#listeners.delete(listener);
      end();
    };
  };

  readonly lastSampleAt = (): number => this.#source.lastSampleAt();

  #planOf(of: readonly ChartSeries[], data?: ChartData): Plan {
    const isSorted = !this.#needsValues || this.#plan.sortedBy !== undefined || data === undefined;
    if (this.#plan.of === of && isSorted) return this.#plan;
    const wasSorted = this.#plan.of === of;
    const latest = (column: PlannedSeries['column']): number =>
      data === undefined
        ? Number.NaN
        : lineStatistics({ ...data, values: [columnValues(column, data.values)] }, 0).last;
    const placed = of.map((line) => ({ ...line, query: this.#places[line.query] ?? line.query }));
    const series = planSeries(placed, this.#steps, latest).map((line) => this.#looked(line));
    const shown = series.filter(({ look }) => look?.hidden !== true);
    this.#plan = { of, series: shown.slice(0, this.#limit), count: shown.length, sortedBy: data };
    // Told after this drawing: who listens asks for the status at once.
    if (wasSorted) queueMicrotask(() => this.#listeners.forEach((listener) => listener()));
    return this.#plan;
  }

  #looked(line: PlannedSeries): ChartSeries & PlannedSeries {
    const look = lookOf(line, this.#overrides);
    if (look === undefined) return line;
    const { name } = look;
    return { ...line, look, name: name === undefined ? line.name : fillPattern(name, line.labels) || line.name };
  }
}
