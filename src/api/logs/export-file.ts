import { csvLine } from '#api/sql/csv.ts';
import type { LogExportRequest, LogRow } from '#core/api/logs.ts';
import { RouteResponse } from '#core/route.ts';
import { fieldsOf, type LogSearch } from '#query/logs/index.ts';

const CSV_FIELDS = ['@timestamp', 'level', 'host', 'service', 'source', 'message'];

const TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8; header=present' };

/** The rows of a query as a file that is streamed; `x-total-rows` says how many lines of rows come. */
export async function exportFile(
  logs: LogSearch,
  request: LogExportRequest,
  signal: AbortSignal,
): Promise<RouteResponse> {
  const total = await logs.count(request, signal);
  return new RouteResponse(linesOf(logs, request, signal), {
    headers: {
      'content-type': TYPES[request.format],
      'content-disposition': `attachment; filename="logs.${request.format}"`,
      'x-total-rows': String(Math.min(total, request.limit)),
      'cache-control': 'no-store',
    },
  });
}

async function* linesOf(logs: LogSearch, request: LogExportRequest, signal: AbortSignal): AsyncGenerator<string> {
  const { format } = request;
  const fields = request.fields ?? (format === 'csv' ? CSV_FIELDS : undefined);
  if (format === 'csv') yield csvLine(fields ?? CSV_FIELDS);
  for await (const rows of logs.pages(request, signal)) {
    yield rows.map((row) => (format === 'csv' ? csvRow(row, fields ?? CSV_FIELDS) : jsonRow(row, fields))).join('');
  }
}

function csvRow(row: LogRow, names: readonly string[]): string {
  const values = new Map(fieldsOf(row));
  return csvLine(names.map((name) => values.get(name) ?? ''));
}

function jsonRow(row: LogRow, names: readonly string[] | undefined): string {
  const fields = fieldsOf(row);
  const some = names === undefined ? fields : fields.filter(([name]) => names.includes(name));
  return `${JSON.stringify(Object.fromEntries(some))}\n`;
}
