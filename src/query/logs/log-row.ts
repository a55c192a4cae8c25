import type { LogRow } from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import { hexText } from './pattern-sql.ts';

/** The columns of {@link readLogRow}, in its order. */
export const ROW_COLUMNS =
  'toUnixTimestamp64Micro(ts), toString(seq), severity, host, service, source, body, trace_id, span_id, attrs, resource, ' +
  hexText('pattern');

/** A place in the order of rows: newer rows have a larger time (µs), rows of one time are ordered by `seq`. */
export type LogPlace = { readonly micros: number; readonly seq: string };

type Fields = Readonly<Record<string, string>>;

/** A row of an answer that selects {@link ROW_COLUMNS}. */
export function readLogRow(row: readonly unknown[]): LogRow {
  const [micros, seq, severity, host, service, source, body, traceId, spanId, attributes, resource, pattern] = row;
  return {
    id: `${String(micros)}_${String(seq)}`,
    t: Number(micros) / 1_000,
    severity: Number(severity),
    host: String(host),
    service: String(service),
    source: String(source),
    body: String(body),
    traceId: String(traceId),
    spanId: String(spanId),
    attributes: attributes as Fields,
    resource: resource as Fields,
    ...(pattern === '' || pattern === undefined ? {} : { pattern: String(pattern) }),
  };
}

/** The place of a row or a cursor. Throws `bad_request`. */
export function placeOf(id: string): LogPlace {
  const [, micros, seq] = /^(\d{1,16})_(\d{1,20})$/.exec(id) ?? [];
  if (micros === undefined || seq === undefined) throw new AppError('bad_request', `'${id}' is no place of a log row`);
  return { micros: Number(micros), seq };
}
