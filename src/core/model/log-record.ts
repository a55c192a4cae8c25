/** Severity as OpenTelemetry numbers it: the first number of each of its ranges; 0 = the sender did not say. */
export const LOG_SEVERITIES = { unknown: 0, trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const;

/** Names and values in turn: `['http.method', 'GET', 'http.status', '200']`. Names are unique, no name is empty. */
export type LogFields = readonly string[];

/**
 * A log line as its sender gave it or as parsing made it; an OpenTelemetry log record with `host` and `service` (our
 * standard labels) pulled out. Texts are UTF-8; bytes that are none are kept as U+FFFD, control characters as they are.
 */
export type LogRecord = {
  /** Milliseconds since the epoch, with fractions: microseconds are kept. */
  readonly t: number;
  /** 1–24, 0 = unknown: {@link LOG_SEVERITIES}. */
  readonly severity: number;
  readonly host: string;
  readonly service: string;
  /** Where it came in: input id and file, unit, index, stream (`file:/var/log/syslog`, `syslog`). */
  readonly source: string;
  /** The message: what is shown and searched. UTF-8 bytes, which are copied, or text. */
  readonly body: Uint8Array | string;
  /** Fields of this line. */
  readonly attributes: LogFields;
  /** Fields of who sent it (OTLP resource, Beats agent, Loki stream labels). */
  readonly resource: LogFields;
  /** Hex, or ''. */
  readonly traceId: string;
  readonly spanId: string;
  /** The id of its pattern, 16 hex digits; absent before it is known, or when it has none. */
  readonly pattern?: string;
};

/** A record before parsing: what the protocol says for certain; all else is found in the body. */
export type RawLog = Partial<Omit<LogRecord, 'body'>> & {
  readonly body: Uint8Array | string;
  /** The format of the body when the sender or the configuration names it: parsing does not guess then. */
  readonly format?: string;
};

/** What inputs take for one record: room for a body of the longest that is kept, 1 MiB, and what stands around it. */
export const MAX_LOG_BYTES = 2 ** 20 + 2 ** 16;
