import type { AggregationCounts, AggregationRule, DropRule, RewriteRule } from '#core/api/ingest-rules.ts';
import type { KnownPattern, PatternOrders } from '#core/api/log-patterns.ts';
import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import type { MappingRule } from '#core/api/mapping.ts';
import type { PulledSource, SelfStatus } from '#core/api/status.ts';
import type { ErrorCode } from '#core/errors.ts';
import type { TappedLog } from '#core/live-tap.ts';
import type { GonePatterns } from '#core/log-pattern-intake.ts';
import type { Event } from '#core/model/event.ts';
import type { ReaderOptions, WriteAnswer } from '#core/plugin/input.ts';
import type { RecordBatch } from '#core/sink.ts';
import type { SpoolFile } from '#storage/spool/spool-file.ts';
import type { IngestConfig } from './config.ts';

/** What the operator's rules say; checked before they come here. */
export type ThreadRules = {
  readonly mapping: readonly MappingRule[];
  readonly drops: readonly DropRule[];
  readonly aggregations: readonly AggregationRule[];
  readonly rewrites: readonly RewriteRule[];
};

export const NO_RULES: ThreadRules = { mapping: [], drops: [], aggregations: [], rewrites: [] };

export const NO_LOG_RULES: LogRules = { rules: [], patterns: {} };

/** What the ingest thread is started with. */
export type ThreadData = {
  readonly spoolDirectory: string;
  readonly config: IngestConfig;
  /** Plugin id → its config, as the operator wrote it. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Name of an input → its slot in the ledger. */
  readonly slots: Readonly<Record<string, number>>;
  readonly ledger: SharedArrayBuffer;
  /** Bytes in the spool when the thread starts. */
  readonly spoolBytes: number;
  readonly rules: ThreadRules;
  readonly logRules: LogRules;
};

/** Main → thread. A request with a ticket is answered once with the same ticket. */
export type ToThread =
  | { readonly kind: 'records'; readonly ticket: number; readonly slot: number; readonly batch: RecordBatch }
  | {
      readonly kind: 'body';
      readonly ticket: number;
      readonly slot: number;
      readonly source: string;
      /** The plugin whose format it is; undefined: any that has it. */
      readonly input: string | undefined;
      readonly format: string;
      readonly options: ReaderOptions | undefined;
      readonly bytes: Uint8Array;
    }
  /** Writes what it has, then forgets these series; answered with `settled`. */
  | { readonly kind: 'settle'; readonly ticket: number; readonly forget: BigUint64Array | 'all' }
  | { readonly kind: 'event'; readonly event: Event }
  /** The store has the file, or it was put aside: its bytes are free again. */
  | { readonly kind: 'gone'; readonly id: string; readonly bytes: number }
  | { readonly kind: 'watch'; readonly slots: Uint32Array; readonly ids: BigUint64Array }
  | { readonly kind: 'unwatch'; readonly ids: BigUint64Array }
  | { readonly kind: 'recent'; readonly ticket: number; readonly ids: BigUint64Array }
  | { readonly kind: 'sources'; readonly ticket: number }
  /** Answered with `pulled`. */
  | { readonly kind: 'pulled'; readonly ticket: number }
  | { readonly kind: 'watch-logs'; readonly watch: number; readonly query: string }
  | { readonly kind: 'unwatch-logs'; readonly watch: number }
  | { readonly kind: 'announce'; readonly newSeries: boolean }
  | { readonly kind: 'rules'; readonly rules: ThreadRules }
  /** Answered with `settled` when the next line is read by them. */
  | { readonly kind: 'log-rules'; readonly ticket: number; readonly rules: LogRules }
  | { readonly kind: 'pattern-orders'; readonly orders: PatternOrders }
  /** Answered with `known-patterns`. */
  | {
      readonly kind: 'patterns';
      readonly ticket: number;
      readonly ids: readonly string[];
      readonly gone?: GonePatterns | undefined;
    }
  | { readonly kind: 'stop' };

/** Rows of one input in a file: [slot, rows]. */
export type InputRows = readonly (readonly [number, number])[];

/** The series that one sender was the first to send since the thread started. */
export type SourceRow = {
  readonly slot: number;
  readonly address: string;
  readonly series: number;
  readonly newHour: number;
};

export type ListenerState = SelfStatus['listeners'][number];

export type Written = { readonly kind: 'written'; readonly ticket: number; readonly answer: WriteAnswer };

/** Thread → main. */
export type FromThread =
  | { readonly kind: 'ready'; readonly listeners: readonly ListenerState[] }
  /** It could not start: a taken port, a bad config. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'fault'; readonly message: string }
  /** Something is missing that the product can do without. */
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'spooled'; readonly file: SpoolFile; readonly inputs: InputRows }
  | Written
  /** Those of one round together: each message wakes the other thread. */
  | { readonly kind: 'all-written'; readonly written: readonly Written[] }
  | { readonly kind: 'settled'; readonly ticket: number }
  | { readonly kind: 'sources'; readonly ticket: number; readonly sources: readonly SourceRow[] }
  | { readonly kind: 'pulled'; readonly ticket: number; readonly sources: readonly PulledSource[] }
  | { readonly kind: 'failed'; readonly ticket: number; readonly code: ErrorCode; readonly message: string }
  | {
      readonly kind: 'recent';
      readonly ticket: number;
      readonly slot: Uint32Array;
      readonly t: Float64Array;
      readonly v: Float64Array;
    }
  | {
      readonly kind: 'logs';
      readonly watch: number;
      readonly records: readonly TappedLog[];
      readonly skipped: number;
    }
  | { readonly kind: 'known-patterns'; readonly ticket: number; readonly patterns: readonly KnownPattern[] }
  /** All ids of patterns that have become a part of others, with what they are now. */
  | { readonly kind: 'pattern-aliases'; readonly aliases: readonly (readonly [from: string, to: string])[] }
  | { readonly kind: 'tap'; readonly slot: Uint32Array; readonly t: Float64Array; readonly v: Float64Array }
  | {
      readonly kind: 'new-series';
      readonly ids: BigUint64Array;
      readonly families: Uint32Array;
      readonly keys: readonly string[];
    }
  | {
      readonly kind: 'state';
      readonly closed: string | undefined;
      readonly series: number;
      readonly aggregation: AggregationCounts;
      readonly logs: LogParserCounts;
      readonly listeners: readonly ListenerState[];
      /** Sources that cannot be read, a sentence each. */
      readonly problems: readonly string[];
    }
  | { readonly kind: 'stopped' };
