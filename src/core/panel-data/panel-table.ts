import type { PlannedSeries } from './series-steps.ts';

export type TableField = { readonly name: string; readonly kind: 'text' | 'number' | 'time' };

/** A cell: a number (NaN = none; of a time field ms since the epoch) or a text. */
export type Cell = string | number;

/** What a panel shows as rows. */
export type PanelTable = { readonly fields: readonly TableField[]; readonly rows: readonly (readonly Cell[])[] };

/** A series with its values on the shared times. */
export type ValuedSeries = Omit<PlannedSeries, 'column'> & { readonly values: Float64Array };

export type SeriesSet = { readonly t: Float64Array; readonly series: readonly ValuedSeries[] };
