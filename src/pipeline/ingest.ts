import type { SeriesOrigin } from '#core/api/cardinality.ts';
import type { AggregationCounts } from '#core/api/ingest-rules.ts';
import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import type { InputAccount, PartStatus, PulledSource, SelfStatus } from '#core/api/status.ts';
import type { LiveTap, LogTap } from '#core/live-tap.ts';
import type { LogPatternIntake } from '#core/log-pattern-intake.ts';
import type { ReaderOptions, WriteAnswer } from '#core/plugin/input.ts';
import type { EventSink, RecordSink, SampleSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { SpoolFile } from '#storage/spool/spool-file.ts';
import type { IngestConfig } from './config.ts';
import type { ThreadRules } from './protocol.ts';

export type IngestOptions = {
  /** Absolute folder of the spool; made when absent. */
  readonly spoolDir: string;
  readonly config: IngestConfig;
  /** The ids of the input plugins; the ingest thread loads the plugins for itself. */
  readonly inputs: ReadonlyMap<string, unknown>;
  /** Plugin id → its options as the operator wrote them; what is absent has its defaults. */
  readonly inputSettings: Readonly<Record<string, unknown>>;
  readonly store: Pick<TelemetryStore, 'insertFiles'>;
  /** The store has a batch now; called before {@link Ingest.settled} resolves for it. */
  readonly onStored?: (file: SpoolFile) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The module that the ingest thread runs. */
  readonly workerFile?: URL;
  /** The disk failed to make data durable: the process should end with code 70. Default: it does. */
  readonly onStorageFault?: (message: string) => void;
};

/** A request body for one of an input's formats. */
export type InputBody = {
  /** The id of the input plugin: it reads the body, and the records stand in its account. */
  readonly input: string;
  /** Names the sender for series limits. */
  readonly source: string;
  readonly format: string;
  readonly options?: ReaderOptions | undefined;
  readonly bytes: Uint8Array;
};

/** The way in: from senders and collectors to the store and the live viewers. */
export type Ingest = {
  /** Resolves when all listeners are open; needs no store. Rejects with what is wrong: a taken port, a bad option. */
  readonly start: () => Promise<void>;
  /** Closes the listeners, makes what was received durable, inserts what it can; at most 8 s. */
  readonly stop: () => Promise<void>;
  readonly samples: SampleSink;
  readonly records: RecordSink;
  readonly events: EventSink;
  readonly tap: LiveTap;
  /** Log lines as they come in. */
  readonly logTap: LogTap;
  /**
   * Takes a body in a format that some input reads (`graphite`), under the account `http`. Resolves when it is durable.
   * `source` names the sender for series limits. Throws `disk_full`, `unavailable`, `bad_request`.
   */
  readonly writeText: (source: string, format: string, bytes: Uint8Array) => Promise<WriteAnswer>;
  /** The same for a body that came to an endpoint of an input. */
  readonly writeBody: (body: InputBody) => Promise<WriteAnswer>;
  /**
   * Resolves when everything that was answered before the call is in the store; waits while the store is away. Throws
   * `disk_full` when records in memory cannot be spooled, `unavailable` when intake is not running or stops.
   */
  readonly settled: () => Promise<void>;
  /**
   * Resolves when the batches that are on disk now are in the store: all that any sender has been answered for, but not
   * what is gathered in memory. Throws as `settled`.
   */
  readonly stored: () => Promise<void>;
  /**
   * As `settled`, and the intake has forgotten these series: with their next record they are registered anew. For who
   * deletes their rows from the store, after it has resolved.
   */
  readonly forget: (ids: BigUint64Array | 'all') => Promise<void>;
  /**
   * Puts rules into force: for new series at once, for known ones within a second. They are kept beside the spool, so
   * that the next start has them before the state database answers. Nothing happens when they are those in force.
   */
  readonly setRules: (rules: ThreadRules) => Promise<void>;
  /**
   * Puts rules for log lines into force; kept as the others are. Resolves when every line that is read from now on goes
   * by them. Throws `bad_request` for rules that cannot be compiled; those before stay in force then.
   */
  readonly setLogRules: (rules: LogRules) => Promise<void>;
  /** What formats and rules have done with log lines since the thread started or the rules came into force. */
  readonly logCounts: () => LogParserCounts;
  /** The patterns of log lines. */
  readonly logPatterns: LogPatternIntake;
  /** What aggregation rules have done since the thread started. */
  readonly aggregation: () => AggregationCounts;
  /** For every input, exactly: received = stored + held + rejected + dropped. */
  readonly accounts: () => InputAccount[];
  /** Which senders sent how many series first since the thread started, most first; nothing while there is no thread. */
  readonly sources: () => Promise<readonly SeriesOrigin[]>;
  /** Files and the like that inputs read, and how far; nothing while there is no thread. */
  readonly pulledSources: () => Promise<readonly PulledSource[]>;
  readonly listeners: () => SelfStatus['listeners'];
  readonly spool: () => SelfStatus['spool'];
  /** Age of the oldest batch that is not in the store, ms. */
  readonly insertLagMs: () => number;
  /** Records per second over the last 10 s. */
  readonly ingestRate: () => number;
  readonly activeSeries: () => number;
  readonly status: () => PartStatus;
};
