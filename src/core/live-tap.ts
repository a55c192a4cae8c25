import type { Labels } from './model/labels.ts';

/** New samples of watched series. `index[i]` is the position in the watched list; t in ms. */
export type TapBatch = { readonly index: Uint32Array; readonly t: Float64Array; readonly v: Float64Array };

/** `family` is the locality key of the stored samples: xxh32 of the metric name. */
export type TapSeries = { readonly id: bigint; readonly family: number; readonly labels: Labels };

export type TapWatch = {
  /** Samples of the watched series that were received lately and may not be stored yet, oldest first. */
  readonly recent: Promise<TapBatch>;
  readonly close: () => void;
};

/** The stream of samples before storage, as the ingest thread hands it out. */
export type LiveTap = {
  /** Calls back within about 50 ms of the arrival of samples, until closed. Ids never seen yet are fine. */
  readonly watch: (ids: readonly bigint[], onBatch: (batch: TapBatch) => void) => TapWatch;
  /** Tells of series seen for the first time since the server started; returns what ends it. */
  readonly onNewSeries: (listener: (series: readonly TapSeries[]) => void) => () => void;
};
