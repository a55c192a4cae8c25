import { z } from 'zod';
import { Matcher } from '../metric-query/query-schema.ts';
import type { Labels } from '../model/labels.ts';
import type { LogRow } from './logs.ts';

/**
 * The live stream, `/api/live`: one WebSocket a tab. JSON text frames both ways are control, binary frames from the
 * server are data in the codec of `core/frame`. Values are raw samples: rates and aggregation of a live panel are
 * computed where they are drawn, by the same functions the server uses for ranges (`core/series-math`).
 */
export const LiveRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('sub'),
    id: z.string().min(1).max(64),
    matchers: z.array(Matcher).min(1).max(32),
    /** How much history the snapshot carries, in ms (at most 1 h). */
    historyMs: z.number().int().min(0).max(3_600_000),
    /** At most this many points per series in the snapshot (default 1000); older raw samples are thinned by step. */
    maxPoints: z.number().int().min(1).max(10_000).optional(),
  }),
  /** New log lines that the filter of a log query matches, from now on; ended by `unsub`. */
  z.strictObject({ type: z.literal('logs-sub'), id: z.string().min(1).max(64), query: z.string().max(16_384) }),
  z.strictObject({ type: z.literal('unsub'), id: z.string() }),
  /** The viewer has drawn everything up to this frame sequence number: flow control. */
  z.strictObject({ type: z.literal('ack'), seq: z.number().int() }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/** Control messages from the server (JSON text frames). */
export type LiveControl =
  | { readonly type: 'hello'; readonly serverTime: number }
  | { readonly type: 'error'; readonly id: string; readonly code: string; readonly message: string }
  /** Lines of a `logs-sub` in the order they came; `skipped` more were left out, because too many came to be shown. */
  | { readonly type: 'logs'; readonly id: string; readonly rows: readonly LogRow[]; readonly skipped: number }
  /** Ticks of the subscription were dropped in this span because the viewer was slow: back-fill by a range query. */
  | { readonly type: 'gap'; readonly id: string; readonly from: number; readonly to: number; readonly dropped: number };

export type LiveSeries = { readonly sid: string; readonly labels: Labels };

/**
 * Header of a snapshot: replaces all the subscription held. Columns: `t` f64 (ms) and `v` f64, the points of series 0,
 * then of series 1, …; `counts[i]` points each. A change of the series set is a new snapshot with a higher epoch.
 */
export type SnapshotHeader = {
  readonly type: 'snapshot';
  readonly id: string;
  readonly seq: number;
  readonly epoch: number;
  readonly series: readonly LiveSeries[];
  readonly counts: readonly number[];
};

/** Header of a tick. Columns: `index` u32 (into the snapshot's series), `t` f64 (ms), `v` f64. */
export type TickHeader = { readonly type: 'tick'; readonly id: string; readonly seq: number; readonly epoch: number };

export type LiveHeader = SnapshotHeader | TickHeader;
