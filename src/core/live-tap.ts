import type { Labels } from './model/labels.ts';
import type { LogRecord } from './model/log-record.ts';

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

/** A log record as it was received. `seq` orders records of the same time; long bodies are cut at 64 KiB. */
export type TappedLog = LogRecord & { readonly seq: number; readonly body: string };

/** `skipped`: lines that were not looked at, because too many had matched within a second. */
export type LogTapBatch = { readonly records: readonly TappedLog[]; readonly skipped: number };

/** The stream of log records before storage. */
export type LogTap = {
  /**
   * Calls back within about 50 ms of the arrival of lines that the filter of a log query matches, until closed; at most 2,000
   * lines a second. Throws `bad_query` for what is no query.
   */
  readonly watch: (query: string, onBatch: (batch: LogTapBatch) => void) => { readonly close: () => void };
};
