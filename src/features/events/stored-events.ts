import { z } from 'zod';
import type { EventRow, EventsRequest } from '#core/api/events.ts';
import { SEVERITIES } from '#core/model/event.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** 64-bit integers come as text. */
const Row = z.object({
  t: z.coerce.number(),
  kind: z.string(),
  severity: z.number(),
  message: z.string(),
  labels: z.record(z.string(), z.string()),
});

/** A request with its range filled in, ms since the epoch. */
export type EventsQuery = EventsRequest & { readonly from: number; readonly to: number };

const MAX_SECONDS = 10;

/** Stored events of a time range (both ends included), newest first. */
export async function findEvents(store: TelemetryStore, query: EventsQuery, signal: AbortSignal): Promise<EventRow[]> {
  const { from, to, kind = '', host = '', limit } = query;
  const conditions = [
    'ts >= fromUnixTimestamp64Milli({from:Int64})',
    'ts <= fromUnixTimestamp64Milli({to:Int64})',
    ...(kind === '' ? [] : [kind.endsWith('.') ? 'startsWith(kind, {kind:String})' : 'kind = {kind:String}']),
    ...(host === '' ? [] : ["labels['host'] = {host:String}"]),
  ];
  const rows = await store.rows(
    `SELECT toUnixTimestamp64Milli(ts) AS t, kind, severity, message, labels
     FROM nocmate.events WHERE ${conditions.join(' AND ')}
     ORDER BY ts DESC LIMIT {limit:UInt32}`,
    {
      params: { from: Math.round(from), to: Math.round(to), kind, host, limit },
      settings: { max_execution_time: MAX_SECONDS },
      signal,
    },
  );
  return z.array(Row).parse(rows).map(describe);
}

/** The store keeps a severity by its rank. */
function describe({ severity, ...row }: z.infer<typeof Row>): EventRow {
  return { ...row, severity: SEVERITIES[severity] ?? 'unknown' };
}
