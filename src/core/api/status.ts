import type { Labels } from '../model/labels.ts';
import type { TargetOrigin } from './collectors.ts';

/** State of one part of the server, worst first. */
export const PART_STATES = ['failed', 'starting', 'degraded', 'up', 'off'] as const;
export type PartState = (typeof PART_STATES)[number];

export type PartStatus = { readonly state: PartState; readonly detail: string };

/** `GET /api/health`: 200 once everything serves, else 503. */
export type Health = {
  readonly status: 'ok' | 'starting' | 'degraded';
  readonly version: string;
  readonly uptimeMs: number;
  readonly parts: Readonly<Record<string, PartStatus>>;
};

/** Exact accounting of one input: received = stored + sum(rejected) + sum(dropped) + held. */
export type InputAccount = {
  readonly input: string;
  readonly received: number;
  readonly stored: number;
  readonly held: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
};

/** `GET /api/self`. Times in ms, sizes in bytes, rates per second over the last 10 s. */
export type SelfStatus = {
  readonly health: Health;
  readonly accounts: readonly InputAccount[];
  readonly ingestRate: number;
  readonly activeSeries: number;
  readonly spool: {
    readonly files: number;
    readonly bytes: number;
    readonly oldestMs: number;
    readonly limitBytes: number;
  };
  readonly insertLagMs: number;
  readonly eventLoopP99Ms: number;
  /** Raw samples in memory that queries have read. */
  readonly sampleCache: { readonly bytes: number; readonly limitBytes: number };
  readonly processes: readonly { readonly name: string; readonly pid: number; readonly residentBytes: number }[];
  readonly listeners: readonly {
    readonly name: string;
    readonly address: string;
    readonly connections: number;
    /** Of UDP: datagrams that the kernel dropped because the buffer was full; absent where it does not tell. */
    readonly kernelDrops?: number;
  }[];
};

/** A source that an input fetches its records from, a file or the journal. `GET /api/inputs/sources` lists them. */
export type PulledSource = {
  readonly input: string;
  /** The path of a file. */
  readonly name: string;
  /** The field `source` of its log lines. */
  readonly source: string;
  /** Bytes that were read, and bytes that there are; absent where that is not known. */
  readonly offset?: number;
  readonly size?: number;
  /** Records since the ingest thread started. */
  readonly records: number;
  /** When something was read last, ms since the epoch; 0 = never. */
  readonly lastAt: number;
  /** Nothing more will come of it. */
  readonly isDone: boolean;
  /** What hinders reading; '' = nothing. */
  readonly problem: string;
};

/** One running collector: `GET /api/collectors` lists them. */
export type CollectorStatus = {
  /** Of a stored target. */
  readonly id?: string;
  readonly origin: TargetOrigin;
  readonly plugin: string;
  readonly title: string;
  readonly summary: string;
  readonly target: string;
  /** On all its series. */
  readonly labels: Labels;
  readonly intervalMs: number;
  readonly up: boolean;
  /** Since when it is up, or down, as far as this process knows, ms since the epoch; 0: it has not run yet. */
  readonly since: number;
  readonly lastRunAt: number;
  readonly lastSuccessAt: number;
  readonly lastDurationMs: number;
  readonly lastError: string;
  /** Kind of the last error (`auth`, `timeout`, …); empty when there is none. */
  readonly errorKind: string;
  /** It has failed often and is left alone until then, ms since the epoch; 0: it is not. */
  readonly pausedUntil: number;
  readonly series: number;
  readonly runs: number;
  readonly failures: number;
  readonly skipped: number;
};

/** `GET /api/storage`. */
export type StorageStatus = {
  readonly engine: { readonly kind: 'embedded' | 'server'; readonly version: string };
  readonly tables: readonly {
    readonly table: string;
    readonly title: string;
    readonly rows: number;
    readonly bytes: number;
    readonly parts: number;
    readonly oldest: number;
    readonly newest: number;
    readonly retentionMs: number;
  }[];
  readonly state: { readonly kind: 'embedded' | 'server'; readonly version: string; readonly bytes: number };
  readonly disk: { readonly path: string; readonly totalBytes: number; readonly freeBytes: number };
};
