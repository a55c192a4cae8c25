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

/** One running collector: `GET /api/collectors` lists them. */
export type CollectorStatus = {
  readonly plugin: string;
  readonly title: string;
  readonly summary: string;
  readonly target: string;
  readonly intervalMs: number;
  readonly up: boolean;
  readonly lastRunAt: number;
  readonly lastSuccessAt: number;
  readonly lastDurationMs: number;
  readonly lastError: string;
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
