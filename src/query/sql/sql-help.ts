import type { FunctionHelp, SqlTableHelp } from '#core/api/text-query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { isAllowedFunction } from './allowed-functions.ts';
import { TABLES } from './check-statement.ts';

/** Allowed too, but written as operators. */
const OPERATORS = new Set('and or not in notin nullin notnullin like ilike notlike notilike'.split(' '));
const MAX_HELP = 240;

const TABLE_HELP: Readonly<Record<string, string>> = {
  samples: 'raw samples: t, v of a series',
  samples_5m: 'rollups of 5 minutes',
  samples_1h: 'rollups of 1 hour',
  series: 'the catalogue of series',
  histograms: 'native histograms as they came',
  exemplars: 'exemplars of a series',
  metric_metadata: 'what senders say about metrics',
  events: 'what happened',
  logs: 'log records',
};

type FunctionRow = { name: string; syntax: string; description: string; alias: string; aggregate: number };

/** The functions that user-written SQL may call, as the engine of now describes them. */
export async function readSqlFunctions(store: TelemetryStore): Promise<FunctionHelp[]> {
  const rows = await store.rows<FunctionRow>(
    `SELECT name, syntax, description, alias_to AS alias, is_aggregate AS aggregate FROM system.functions ORDER BY name`,
  );
  const byName = new Map(rows.map((row) => [row.name, row]));
  return rows
    .filter(({ name }) => isAllowedFunction(name) && !OPERATORS.has(name.toLowerCase()))
    .map((row) => {
      const { name, aggregate } = row;
      const described = row.syntax === '' ? (byName.get(row.alias) ?? row) : row;
      const help = helpOf(described.description);
      const group = aggregate === 1 ? 'aggregation' : 'function';
      return { name, signature: signatureOf(name, described.syntax), help, group };
    });
}

/** `name(…)` with the arguments of the first way to call it. */
function signatureOf(name: string, syntax: string): string {
  const [first = ''] = syntax.trim().split('\n');
  const open = first.indexOf('(');
  return open < 0 || !first.endsWith(')') ? `${name}(…)` : name + first.slice(open);
}

/** The first sentence, without the marks of Markdown. */
function helpOf(description: string): string {
  const plain = description
    .trim()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .split(/\n\s*\n|\n-/, 1)
    .join('')
    .replace(/\s+/g, ' ');
  const sentence = /^.*?\.(?=\s|$)/.exec(plain)?.[0] ?? plain;
  return sentence.slice(0, MAX_HELP);
}

type ColumnRow = { table: string; name: string; type: string };

/** The tables that user-written SQL may read, with their columns. */
export async function readSqlTables(store: TelemetryStore): Promise<SqlTableHelp[]> {
  const rows = await store.rows<ColumnRow>(
    `SELECT table, name, type FROM system.columns
     WHERE database = 'nocmate' AND table IN (${TABLES.map(textLiteral).join(',')}) ORDER BY table, position`,
  );
  return TABLES.map((table) => ({
    name: table,
    help: TABLE_HELP[table] ?? '',
    columns: rows.filter((row) => row.table === table).map(({ name, type }) => ({ name, type })),
  }));
}
