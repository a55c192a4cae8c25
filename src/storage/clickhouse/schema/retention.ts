import type { TelemetryConfig } from '../config.ts';
import type { TelemetryStore } from '../telemetry-store.ts';

/** The catalogue outlives the last sample of a series. */
const CATALOGUE_GRACE_MS = 30 * 86_400_000;

/** `keepMs` is infinite for what is kept for ever. */
type Rule = { readonly table: string; readonly time: string; readonly keepMs: number };

/** How long each table keeps its rows. */
export function retentionRules({ retention }: TelemetryConfig): readonly Rule[] {
  const longest = Math.max(retention.raw, retention.fiveMinutes, retention.hourly);
  const catalogue = ['series', 'label_values', 'paths', 'path_nodes'];
  return [
    { table: 'samples', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'histograms', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'exemplars', time: 'toDateTime(t)', keepMs: retention.raw },
    { table: 'samples_5m', time: 't', keepMs: retention.fiveMinutes },
    { table: 'samples_1h', time: 't', keepMs: retention.hourly },
    { table: 'logs', time: 'toDateTime(ts)', keepMs: retention.logs },
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
function ttlStatement({ table, time, keepMs }: Rule, definition: string): string | undefined {
  if (keepMs === Number.POSITIVE_INFINITY)
    return / TTL /.test(definition) ? `ALTER TABLE ${table} REMOVE TTL` : undefined;
  const ttl = `${time} + toIntervalSecond(${Math.ceil(keepMs / 1000)})`;
  return definition.includes(`TTL ${ttl}`) ? undefined : `ALTER TABLE ${table} MODIFY TTL ${ttl}`;
}
