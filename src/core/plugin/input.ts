import { z } from 'zod';

/** Why a record was refused; every input counts by these names. */
export const REJECT_REASONS = [
  'bad_line',
  'bad_key',
  'bad_value',
  'bad_time',
  'bad_frame',
  'nan',
  'too_long',
  'future',
  'too_old',
  'series_limit',
  'source_series_limit',
  'id_collision',
  'disk_full',
  'spool_full',
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
  /** Counts one record that is refused. */
  reject(reason: RejectReason): void;
  /** Wall clock in ms, read once per chunk. */
  now(): number;
};

/** Reads one stream of bytes, cut anywhere. */
export type StreamReader = {
  /** False: the stream is broken beyond repair, its connection is to be closed. `bytes` is not kept. */
  read(bytes: Uint8Array): boolean;
  /** The stream has ended; the reader is as new afterwards. */
  end(): void;
};

export type ReaderLimits = { readonly maxLineBytes: number; readonly maxFrameBytes: number };

/** Makes the reader of one stream (connection, request, or all datagrams of a socket). */
export type ReaderFactory = (writer: SampleWriter, limits: ReaderLimits) => StreamReader;

/** What the ingest thread does for an input: sockets with limits, back-pressure and accounting. `off` opens nothing. */
export type InputContext = {
  readonly listenTcp: (address: string, reader: ReaderFactory) => Promise<void>;
  /** Each datagram is a stream of its own: the reader's `end` is called after each. */
  readonly listenUdp: (address: string, reader: ReaderFactory) => Promise<void>;
};

/** What a folder `src/plugins/inputs/<id>` exports by default; its id is the folder's name. */
export type InputPlugin<Config = unknown> = {
  readonly title: string;
  /** One sentence: what it takes, how. */
  readonly summary: string;
  /** The only statement of its options: types, defaults, validation, form, docs. */
  readonly config: z.ZodType<Config>;
  /** Formats it reads for others as well (HTTP bodies), by name. */
  readonly formats?: Readonly<Record<string, ReaderFactory>>;
  /** Resolves when it listens. */
  readonly start: (config: Config, context: InputContext) => Promise<void>;
};

/** Types a plugin from its config schema and forgets the type, so that all plugins stand in one list. */
export function defineInput<Config>(plugin: InputPlugin<Config>): InputPlugin {
  return plugin as unknown as InputPlugin;
}
