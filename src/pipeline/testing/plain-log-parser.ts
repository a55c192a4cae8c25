import type { LogRecord } from '#core/model/log-record.ts';
import type { LogParser } from '#parsing/log-parser.ts';

/** Takes lines as their sender describes them and looks into none: what is not said has its default, the time is now. */
export const plainLogParser: LogParser = {
  parse: (raw, now): LogRecord => ({
    t: raw.t ?? now,
    severity: raw.severity ?? 0,
    host: raw.host ?? '',
    service: raw.service ?? '',
    source: raw.source ?? '',
    body: raw.body,
    attributes: raw.attributes ?? [],
    resource: raw.resource ?? [],
    traceId: raw.traceId ?? '',
    spanId: raw.spanId ?? '',
  }),
};
