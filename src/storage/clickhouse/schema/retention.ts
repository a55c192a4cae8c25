import type { TelemetryConfig } from '../config.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import { keepDaysExpression, logExpiry } from './log-retention.ts';

/** The catalogue outlives the last sample of a series. */
const CATALOGUE_GRACE_MS = 30 * 86_400_000;

/** `keepMs` is infinite for what is kept for ever. `expiry`: when a row ends, where it differs from row to row. */
type Rule = { readonly table: string; readonly time: string; readonly keepMs: number; readonly expiry?: string };

/** How long each table keeps its rows. */
export function retentionRules({ retention }: TelemetryConfig): readonly Rule[] {
  const longest = Math.max(retention.raw, retention.fiveMinutes, retention.hourly);
  const expiry = logExpiry(retention);
  const catalogue = ['series', 'label_values', 'paths', 'path_nodes'];
  return [
    { table: 'samples', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'histograms', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'exemplars', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'samples_5m', time: 't', keepMs: retention.fiveMinutes },
    { table: 'samples_1h', time: 't', keepMs: retention.hourly },
    { table: 'logs', time: 'toDateTime(ts)', keepMs: retention.logs, ...(expiry === undefined ? {} : { expiry }) },
    { table: 'events', time: 'toDateTime(ts)', keepMs: retention.events },
    ...catalogue.map((table) => ({ table, time: 'last_seen', keepMs: longest + CATALOGUE_GRACE_MS })),
  ];
}

/** Sets the tables' TTL to the configured retention, where it is another one; returns the tables it changed. */
export async function applyRetention(store: TelemetryStore, config: TelemetryConfig): Promise<string[]> {
  const tables = await store.rows<{ name: string; engine_full: string }>(
    'SELECT name, engine_full FROM system.tables WHERE database = currentDatabase()',
  );
  const definitions = new Map(tables.map((table) => [table.name, table.engine_full]));
  await applyLogLives(store, config);
  const changed: string[] = [];
  for (const rule of retentionRules(config)) {
    const statement = ttlStatement(rule, definitions.get(rule.table) ?? '');
    if (statement === undefined) continue;
    await store.command(statement);
    changed.push(rule.table);
  }
  return changed;
}

/** What brings a table with this definition to the rule; undefined when it has it. */
function ttlStatement({ table, time, keepMs, expiry }: Rule, definition: string): string | undefined {
  if (expiry === undefined && keepMs === Number.POSITIVE_INFINITY)
    return / TTL /.test(definition) ? `ALTER TABLE ${table} REMOVE TTL` : undefined;
  const ttl = expiry ?? `${time} + toIntervalSecond(${Math.ceil(keepMs / 1000)})`;
  return definition.includes(`TTL ${ttl}`) ? undefined : `ALTER TABLE ${table} MODIFY TTL ${ttl}`;
}

/** New log records get their length of life from the column's default. */
async function applyLogLives(store: TelemetryStore, { retention }: TelemetryConfig): Promise<void> {
  const expression = keepDaysExpression(retention.logStreams);
  const [column] = await store.rows<{ expression: string }>(
    `SELECT default_expression AS expression FROM system.columns
     WHERE database = currentDatabase() AND table = 'logs' AND name = 'keep_days'`,
  );
  if (column === undefined || column.expression === expression) return;
  await store.command(`ALTER TABLE logs MODIFY COLUMN keep_days UInt16 DEFAULT ${expression}`);
}
