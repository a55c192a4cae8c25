import type { LogRow } from '#core/api/logs.ts';
import { levelOf } from '#core/log-query/fields.ts';

/** What the table shows when the URL says nothing. */
export const DEFAULT_COLUMNS: readonly string[] = ['level', 'host', 'service', 'message'];

/** The text of a field of a row, by the name it has in queries; undefined when the row has none. */
export function fieldOf(row: LogRow, name: string): string | undefined {
  switch (name) {
    case 'message':
      return row.body;
    case 'level':
      return levelOf(row.severity);
    case 'host':
      return row.host;
    case 'service':
      return row.service;
    case 'source':
      return row.source;
    case 'trace_id':
      return row.traceId || undefined;
    case 'span_id':
      return row.spanId || undefined;
    case 'pattern':
      return row.pattern;
    default:
      return own(row.attributes, name) ?? own(row.resource, name);
  }
}

const own = (fields: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** All fields of a row but the message, those every row has first. */
export function fieldsOfRow(row: LogRow): readonly (readonly [name: string, value: string])[] {
  const standard = ['level', 'host', 'service', 'source', 'trace_id', 'span_id', 'pattern'].map(
    (name) => [name, fieldOf(row, name) ?? ''] as const,
  );
  const rest = [...Object.entries(row.attributes), ...Object.entries(row.resource)];
  const seen = new Set(standard.map(([name]) => name));
  const others = rest.filter(([name]) => !seen.has(name) && seen.add(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...standard.filter(([, value]) => value !== ''), ...others];
}
