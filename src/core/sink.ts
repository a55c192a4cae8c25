import type { Event } from './model/event.ts';
import type { Exemplar } from './model/exemplar.ts';
import type { NativeHistogram } from './model/histogram.ts';
import type { MetricMetadata } from './model/metric-metadata.ts';
import type { WriteAnswer } from './plugin/input.ts';

/** Samples of many series at one time, from inside the product: collectors, self-monitoring, rules. */
export type SampleBatch = {
  /** Who wrote them, for accounting: `collector/host`, `self`. */
  readonly source: string;
  /** Milliseconds since the Unix epoch. */
  readonly t: number;
  /** Canonical keys (`core/model/labels`), one per value. */
  readonly keys: readonly string[];
  readonly values: Float64Array;
};

/** Records of any kind with times of their own: scrapes, rules, imports. Columns of equal length; all parts optional. */
export type RecordBatch = {
  readonly source: string;
  readonly samples?: { readonly keys: readonly string[]; readonly t: Float64Array; readonly values: Float64Array };
  /** Series that end at `t`. */
  readonly stale?: { readonly keys: readonly string[]; readonly t: Float64Array };
  readonly histograms?: readonly { readonly key: string; readonly t: number; readonly histogram: NativeHistogram }[];
  readonly exemplars?: readonly { readonly key: string; readonly exemplar: Exemplar }[];
  readonly metadata?: readonly MetricMetadata[];
};

export type RecordSink = {
  /**
   * Resolves when the records are durable in the spool, with what was refused. Throws `disk_full` or `unavailable` when
   * nothing was taken.
   */
  readonly writeRecords: (batch: RecordBatch) => Promise<WriteAnswer>;
};

export type SampleSink = {
  /** Resolves when the samples are durable in the spool. Throws `disk_full` or `unavailable` when they are refused. */
  readonly write: (batch: SampleBatch) => Promise<void>;
};

export type EventSink = {
  /** Takes the event; it is stored within about a second. Never throws: what cannot be kept is counted and logged. */
  readonly append: (event: Event) => void;
};
