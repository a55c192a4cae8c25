import { AppError } from '#core/errors.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** Limits of every search. */
export const LOG_LIMITS = {
  seconds: 30,
  memoryBytes: 600_000_000,
  answerBytes: 128 * 1024 * 1024,
} as const;

/** Rows of a statement, with what it cost. 64-bit integers are texts. */
export type LogAnswer = { readonly rows: readonly (readonly unknown[])[]; readonly rowsRead: number };

export type AskOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Seconds at most; an aggregation gives what it has by then. */
  readonly seconds?: number;
  readonly settings?: Readonly<Record<string, string | number>>;
};

type Body = { readonly data: readonly (readonly unknown[])[]; readonly statistics: { readonly rows_read: number } };

/** Runs a statement over logs, within the limits. */
export async function askLogs(store: TelemetryStore, sql: string, options: AskOptions = {}): Promise<LogAnswer> {
  const bytes = await store.stream(sql, 'JSONCompact', {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    settings: {
      max_execution_time: options.seconds ?? LOG_LIMITS.seconds,
      max_memory_usage: LOG_LIMITS.memoryBytes,
      output_format_json_quote_denormals: 0,
      ...options.settings,
    },
  });
  const { data, statistics } = JSON.parse(await textOf(bytes)) as Body;
  return { rows: data, rowsRead: statistics.rows_read };
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.byteLength;
    if (size > LOG_LIMITS.answerBytes) {
      throw new AppError('limit_rows', `the answer is larger than ${LOG_LIMITS.answerBytes} bytes: ask for fewer rows`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
