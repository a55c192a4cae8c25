import type { Event } from './model/event.ts';

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

export type SampleSink = {
  /** Resolves when the samples are durable in the spool. Throws `disk_full` or `unavailable` when they are refused. */
  readonly write: (batch: SampleBatch) => Promise<void>;
};

export type EventSink = {
  /** Takes the event; it is stored within about a second. Never throws: what cannot be kept is counted and logged. */
  readonly append: (event: Event) => void;
};
