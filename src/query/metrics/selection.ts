import type { SeriesRef } from './series-source.ts';

/** A series with what the catalogue says of its values. `type`: 0 unknown, 1 gauge, 2 counter. */
export type CatalogueSeries = SeriesRef & { readonly unit: string; readonly type: number };

/** What a selection found; `truncated` when there are more than its limit. */
export type Selection = { readonly series: readonly CatalogueSeries[]; readonly truncated: boolean };
