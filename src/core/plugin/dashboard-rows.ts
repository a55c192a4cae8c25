import type { z } from 'zod';
import type { Panel } from '../api/dashboard.ts';

/** A panel of a built-in dashboard before it has its place. */
export type PanelInput = Omit<z.input<typeof Panel>, 'id' | 'place'>;
/** Panels side by side; the height counts grid rows. */
export type DashboardRow = { readonly height: number; readonly panels: readonly PanelInput[] };

type QueryInput = NonNullable<PanelInput['queries']>[number];

const COLUMNS = 24;

/** A chart over time. */
export function chart(
  title: string,
  unit: string,
  queries: readonly QueryInput[],
  more: Partial<PanelInput> = {},
): PanelInput {
  return { type: 'timeseries', title, unit, queries: [...queries], ...more };
}

/** The last value of one query. */
export function stat(title: string, unit: string, query: QueryInput, more: Partial<PanelInput> = {}): PanelInput {
  return { type: 'stat', title, unit, queries: [query], ...more };
}

/** Places the panels of each row side by side over the full width; a panel's id is its title. */
export function placeRows(rows: readonly DashboardRow[]): z.input<typeof Panel>[] {
  let y = 0;
  return rows.flatMap(({ height, panels }) => {
    const w = COLUMNS / panels.length;
    const line = panels.map((panel, i) => ({
      ...panel,
      id: slug(panel.title ?? ''),
      place: { x: i * w, y, w, h: height },
    }));
    y += height;
    return line;
  });
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** Queries of the series of the instance that the dashboard's variable `instance` names. */
export const INSTANCE_QUERIES = {
  /** The series as they are. */
  plain: (metric: string, legend = ''): QueryInput => ({ text: `${metric}{instance="$instance"}`, legend }),
  /** Rates of a counter, summed by a label. */
  rateBy: (metric: string, label: string, legend: string): QueryInput => ({
    text: `sum by (${label}) (rate(${metric}{instance="$instance"}))`,
    legend,
  }),
} as const;

/** The variable `instance`, with the instances that have a metric. */
export function instanceVariable(metric: string) {
  const match = `${metric}{}`;
  return { name: 'instance', title: 'Instance', kind: 'label', label: 'instance', match } as const;
}
