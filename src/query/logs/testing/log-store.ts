import type { LogFields, LogRecord } from '#core/model/log-record.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

const map = (fields: LogFields): string => `map(${fields.map(textLiteral).join(',')})::Map(String, String)`;

/** Writes records as rows; `seq` is their place in the list, from 1, behind `after` others. */
export async function insertLogs(store: TelemetryStore, records: readonly LogRecord[], after = 0): Promise<void> {
  const rows = records.map((record, i) => {
    const texts = [record.service, record.host, record.source].map(textLiteral).join(',');
    const ids = [record.traceId, record.spanId].map(textLiteral).join(',');
    const body = typeof record.body === 'string' ? record.body : new TextDecoder().decode(record.body);
    return `(fromUnixTimestamp64Micro(${Math.round(record.t * 1_000)}), ${after + i + 1}, ${texts}, ${record.severity}, ${ids}, ${map(record.resource)}, ${map(record.attributes)}, ${textLiteral(body)}, ${BigInt(`0x${record.pattern ?? '0'}`)})`;
  });
  const columns = 'ts, seq, service, host, source, severity, trace_id, span_id, resource, attrs, body, pattern';
  for (let at = 0; at < rows.length; at += 500) {
    await store.command(`INSERT INTO nocmate.logs (${columns}) VALUES ${rows.slice(at, at + 500).join(',')}`);
  }
}

/** A record with defaults. */
export const logRecord = (record: Partial<LogRecord> & { t: number }): LogRecord => ({
  ...{ severity: 9, host: 'web-1', service: 'app', source: 'test', body: '', attributes: [], resource: [] },
  ...{ traceId: '', spanId: '', ...record },
});
