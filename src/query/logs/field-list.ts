import type { LogFieldSummary, LogRow } from '#core/api/logs.ts';
import { parseAmount } from '#core/log-query/amount.ts';
import { levelOf, STANDARD_FIELDS } from '#core/log-query/fields.ts';
import { parseInstant } from '#core/units/instant.ts';

const EXAMPLES = 5;
const MAX_EXAMPLE = 100;
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})$/i;

/** The fields of some rows: standard ones first, then by how many rows have them. */
export function listFields(rows: readonly LogRow[]): LogFieldSummary[] {
  const values = new Map<string, string[]>();
  for (const row of rows) for (const [name, value] of fieldsOf(row)) add(values, name, value);
  const fields = [...values].map(([name, list]) => summarise(name, list, rows.length));
  const rank = ({ name }: LogFieldSummary): number => STANDARD_FIELDS.indexOf(name);
  const standard = fields.filter((field) => rank(field) >= 0).toSorted((a, b) => rank(a) - rank(b));
  const others = fields.filter((field) => rank(field) < 0);
  return [...standard, ...others.toSorted((a, b) => b.coverage - a.coverage || (a.name < b.name ? -1 : 1))];
}

/** Names and texts of all fields of a row, as queries name them. */
export function fieldsOf(row: LogRow): [name: string, value: string][] {
  const standard: [string, string][] = [
    ['@timestamp', new Date(row.t).toISOString()],
    ['message', row.body],
    ['host', row.host],
    ['service', row.service],
    ['source', row.source],
    ['level', row.severity === 0 ? '' : levelOf(row.severity)],
    ['trace_id', row.traceId],
    ['span_id', row.spanId],
    ['pattern', row.pattern ?? ''],
  ];
  const others = new Map([...Object.entries(row.resource), ...Object.entries(row.attributes)]);
  return [...standard, ...others].filter(([, value]) => value !== '');
}

function add(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known === undefined) values.set(name, [value]);
  else known.push(value);
}

function summarise(name: string, list: readonly string[], rows: number): LogFieldSummary {
  const different = [...new Set(list.slice(0, 200))];
  return {
    name,
    type: name === '@timestamp' ? 'time' : typeOf(different),
    coverage: Math.round((list.length / rows) * 1_000) / 10,
    examples: different.slice(0, EXAMPLES).map((text) => text.slice(0, MAX_EXAMPLE)),
  };
}

/** What all of the values are. */
function typeOf(values: readonly string[]): LogFieldSummary['type'] {
  const units = new Set(values.map((text) => parseAmount(text)?.unit));
  const [unit] = units;
  if (units.size === 1 && unit !== undefined) return unit;
  if (values.every((text) => text === 'true' || text === 'false')) return 'boolean';
  if (values.every((text) => IP.test(text))) return 'ip';
  return values.every((text) => /^\d{4}-/.test(text) && parseInstant(text) !== undefined) ? 'time' : 'text';
}
