import { z } from 'zod';
import type { PulledSource } from '../api/status.ts';
import type { AppError } from '../errors.ts';
import type { Exemplar } from '../model/exemplar.ts';
import type { NativeHistogram } from '../model/histogram.ts';
import type { RawLog } from '../model/log-record.ts';
import type { MetricMetadata } from '../model/metric-metadata.ts';

/** Why a record was refused; every input counts by these names. */
export const REJECT_REASONS = [
  'bad_line',
  'bad_key',
  'bad_value',
  'bad_time',
  'bad_frame',
  'nan',
  'too_long',
  'filtered',
  'dropped_by_rule',
  'future',
  'too_old',
  'series_limit',
  'source_series_limit',
  'id_collision',
  'disk_full',
  'spool_full',
  'unreadable',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** Takes the records of one stream. Owned by the ingest thread; the hot path of the product. */
export type SampleWriter = {
  /** Which record of the stream comes next (line number, from 1): set by the reader, used in reports. */
  position: number;
  /**
   * One sample. The key is `bytes[from, to)` as sent, in Graphite's spelling (`a.b.c` or `a;k=v`); `t` in ms since the
   * epoch, finite. Whatever cannot be taken is counted by reason.
   */
  sample(bytes: Uint8Array, from: number, to: number, t: number, v: number): void;
  /** Marks that the series has ended: it has no value from `t` on until its next sample (Prometheus' stale marker). */
  stale(bytes: Uint8Array, from: number, to: number, t: number): void;
  /** One native histogram of a series; counted as one record. */
  histogram(bytes: Uint8Array, from: number, to: number, t: number, histogram: NativeHistogram): void;
  /** An exemplar of a series; stored beside it, not counted as a record. */
  exemplar(bytes: Uint8Array, from: number, to: number, exemplar: Exemplar): void;
  /** What the sender says about a metric; stored when it is new or differs, not counted as a record. */
  metadata(metadata: MetricMetadata): void;
  /**
   * One log line, one record. It is parsed (formats are recognised, rules of the operator applied) before it is stored; what
   * a filter of the operator leaves out counts as rejected (`filtered`).
   */
  log(log: RawLog): void;
  /**
   * Set by readers whose keys are not in Graphite's spelling: gives the canonical key (`core/model/labels`) of the bytes
   * of a key, or undefined when they name no series. Called once per series and spelling: the bytes as sent are what
   * series are found by, so that a reader passes the bytes that name the series in its protocol without decoding them.
   */
  spelling: ((key: Uint8Array) => string | undefined) | undefined;
  /** How a key reads to a human, with what is wrong with it: the detail of records that are refused for their series. */
  describe?: ((key: Uint8Array) => string) | undefined;
  /** Counts one record that is refused. `detail` says what was wrong, for the answer to the sender. */
  reject(reason: RejectReason, detail?: string): void;
  /** Wall clock in ms, read once per chunk. */
  now(): number;
  /** The address that the stream, or the datagram that is read, comes from; '' or undefined where there is none. */
  readonly address?: string;
};

/** Reads one stream of bytes, cut anywhere. */
export type StreamReader = {
  /** False: the stream is broken beyond repair, its connection is to be closed. `bytes` is not kept. */
  read(bytes: Uint8Array): boolean;
  /** The stream has ended; the reader is as new afterwards. */
  end(): void;
};

export type ReaderLimits = { readonly maxLineBytes: number; readonly maxFrameBytes: number };

/** What a request says beside its body (precision, prefix, …), by name. */
export type ReaderOptions = Readonly<Record<string, string>>;

/**
 * Makes the reader of one stream (connection, request, or all datagrams of a socket). For request bodies `read` is called
 * once with the whole body, uncompressed, and may throw `bad_request`: what was taken before stays taken.
 */
export type ReaderFactory = (writer: SampleWriter, limits: ReaderLimits, options?: ReaderOptions) => StreamReader;

/** Makes the reader of a connection whose sender is answered. */
export type AnsweringReaderFactory = (writer: SampleWriter, limits: ReaderLimits, peer: StreamPeer) => StreamReader;

/** A record of a request that was refused. */
export type RejectedRecord = { readonly line: number; readonly reason: RejectReason; readonly detail?: string };

/** What became of a request body; accepted records are durable. */
export type WriteAnswer = {
  readonly accepted: number;
  readonly rejectedTotal: number;
  /** The first 100 of them. */
  readonly rejected: readonly RejectedRecord[];
  /** What was accepted, by kind; markers of ended series are samples. */
  readonly counts?: {
    readonly samples: number;
    readonly histograms: number;
    readonly exemplars: number;
    readonly logs?: number;
  };
};

export type EndpointRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** `body` absent = empty. */
export type EndpointReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

/**
 * An HTTP path of the API's listener on which an input takes bodies. The API authenticates (permission `ingest`, or none
 * where `isPublic`), undoes Content-Encoding gzip, deflate, br and zstd within limits, has the body read by the format in
 * the ingest thread, and answers when what was accepted is durable.
 */
export type InputEndpoint = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Fastify path syntax. */
  readonly path: string;
  /** Answers without a login; only for endpoints without `read`. */
  readonly isPublic?: boolean;
  /** Which of the plugin's formats reads the body, with what options. Throws `bad_request`. Absent: nothing is read. */
  readonly read?: (request: EndpointRequest) => { readonly format: string; readonly options?: ReaderOptions };
  readonly reply: (answer: WriteAnswer, request: EndpointRequest) => EndpointReply;
  /** An error in the protocol's own shape; default: the API's. */
  readonly fail?: (error: AppError, request: EndpointRequest) => EndpointReply;
};

/** Files (PEM) of a listener's certificate and key; with `ca`, senders need a certificate that it signed. */
export type TlsFiles = { readonly cert: string; readonly key: string; readonly ca?: string | undefined };

/** The way back to a sender who waits for answers. */
export type StreamPeer = {
  readonly send: (bytes: Uint8Array) => void;
  /**
   * Calls back once all that was taken of the stream so far is durable. When it cannot be kept it never calls: the
   * connection is closed, and what was taken since the last call counts as rejected.
   */
  readonly whenDurable: (then: () => void) => void;
};

/** Where reading of a source stands: a flat object of JSON, a few hundred bytes at most. */
export type SourcePosition = Readonly<Record<string, string | number | boolean>>;

/** Notes where a source is to be read on; undefined: it is forgotten. */
export type MovePosition = (name: string, position: SourcePosition | undefined) => void;

/** What an input that fetches its records, from where they can be read again, writes them with. */
export type Pull = {
  /** Where reading stands, by names of the input's own: at the start what was durable, then what `take` has moved. */
  readonly positions: ReadonlyMap<string, SourcePosition>;
  /** Aborted when the inputs close. */
  readonly signal: AbortSignal;
  /** Resolves when intake is open, or when the inputs close. */
  readonly untilOpen: () => Promise<void>;
  /**
   * One chunk of records, at most about a megabyte, with the positions behind them: after any crash both are there, or
   * neither. To be called when intake is open.
   */
  readonly take: (write: (writer: SampleWriter, move: MovePosition) => void) => void;
  /**
   * What hinders reading of a source: an event, a refused record (`unreadable`) and part of the health answer, until it
   * is called without a problem. Quiet problems are told in the health answer only.
   */
  readonly report: (source: string, problem: string | undefined, isQuiet?: boolean) => void;
  /** Gives what tells, when somebody looks, how far each source is read; its `name` is the source of `report`. */
  readonly show: (states: () => readonly SourceState[]) => void;
};

/** How far a source is read. */
export type SourceState = Omit<PulledSource, 'input' | 'problem'>;

/** A body for a format that one of the inputs has, as the senders of HTTP have it: unpacked. */
export type PulledBody = {
  readonly format: string;
  readonly options?: ReaderOptions;
  readonly bytes: Uint8Array;
};

/** Which lines go on with the event of the line before; patterns are RE2. */
export type Continuation = { readonly start?: string | undefined; readonly continuation?: string | undefined };

/** What the ingest thread does for an input: sockets with limits, back-pressure and accounting. `off` opens nothing. */
export type InputContext = {
  readonly listenTcp: (address: string, reader: ReaderFactory, tls?: TlsFiles) => Promise<void>;
  /** TCP for protocols whose senders are answered. */
  readonly listenTcpWithAnswers: (address: string, reader: AnsweringReaderFactory, tls?: TlsFiles) => Promise<void>;
  /** Each datagram is a stream of its own: the reader's `end` is called after each. */
  readonly listenUdp: (address: string, reader: ReaderFactory) => Promise<void>;
  /**
   * Calls `flush` at every multiple of the interval since the epoch, and once more when the inputs close, for inputs that
   * gather what they receive: `at` is that time in ms. Samples written in it are the records of the input. While intake
   * is closed nothing is called, so that what was gathered waits.
   */
  readonly flushEvery: (intervalMs: number, flush: (writer: SampleWriter, at: number) => void) => void;
  /**
   * For inputs that fetch: runs until its signal aborts, waited for when the inputs close. What it throws is reported,
   * and it is run again.
   */
  readonly pull: (run: (pull: Pull) => Promise<void>) => void;
  /**
   * For inputs that fetch and acknowledge: takes a body as records of this input. Resolves when what was accepted is durable;
   * throws `bad_request`, and `disk_full` or `unavailable` where nothing of it is kept.
   */
  readonly takeBody: (body: PulledBody) => Promise<WriteAnswer>;
  /** A test for lines that go on with the event before; throws `bad_request` for a pattern that is no RE2. */
  readonly continues: (rule: Continuation) => (line: string) => boolean;
};

/** What a folder `src/plugins/inputs/<id>` exports by default; its id is the folder's name. */
export type InputPlugin<Config = unknown> = {
  readonly title: string;
  /** One sentence: what it takes, how. */
  readonly summary: string;
  /** The only statement of its options: types, defaults, validation, form, docs. */
  readonly config: z.ZodType<Config>;
  /** Its default address may be in use already: then it stays off with a warning, and the product starts without it. */
  readonly isOptional?: boolean;
  /** Formats it reads for others as well (HTTP bodies), by name. */
  readonly formats?: Readonly<Record<string, ReaderFactory>>;
  /** Paths on the API's listener. */
  readonly endpoints?: readonly InputEndpoint[];
  /** Resolves when it listens. */
  readonly start: (config: Config, context: InputContext) => Promise<void>;
};

/** Types a plugin from its config schema and forgets the type, so that all plugins stand in one list. */
export function defineInput<Config>(plugin: InputPlugin<Config>): InputPlugin {
  return plugin as unknown as InputPlugin;
}
