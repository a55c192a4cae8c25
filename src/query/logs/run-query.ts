import type { LogStats } from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import type { LogPipe, LogQuery } from '#core/log-query/query.ts';
import { askLogs, LOG_LIMITS, type LogAnswer } from './ask.ts';
import { fieldsOfStage, listing, pipeRecords, type RecordStage, startRecords, tableOf } from './record-stage.ts';
import { isPartial, type LogRange, type LogScope } from './scope.ts';
import { pipeTable, type StageColumn, type TableStage } from './table-stage.ts';
import { type ChartPlan, chartLinesSql, chartSql, planChart, readChart, type TimeChart } from './time-chart.ts';

const MAX_ROWS = 10_000;

export type TableResult = {
  readonly kind: 'table';
  readonly columns: readonly StageColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
};

/** What a query with pipes gives, and the statements that were run for it. */
export type QueryResult = (TableResult | (TimeChart & { readonly kind: 'chart' })) & {
  readonly sql: readonly string[];
  readonly stats: LogStats;
};

/** Runs a query with its pipes. Throws `bad_query`. */
export async function runLogQuery(
  scope: LogScope,
  query: LogQuery,
  range: LogRange & { readonly maxPoints: number },
): Promise<QueryResult> {
  const started = performance.now();
  const asked = { sql: [] as string[], rowsRead: 0 };
  const ask = async (sql: string): Promise<LogAnswer> => {
    asked.sql.push(sql);
    const answer = await askLogs(scope.store, sql, {
      signal: scope.signal,
      settings: { timeout_overflow_mode: 'break' },
    });
    asked.rowsRead += answer.rowsRead;
    return answer;
  };
  const made = await run(ask, compile(query, scope, range));
  const ms = performance.now() - started;
  const stats = { rowsRead: asked.rowsRead, ms: Math.round(ms), partial: isPartial(ms, LOG_LIMITS.seconds) };
  return { ...made, sql: asked.sql, stats };
}

type Compiled =
  | { readonly kind: 'table'; readonly stage: TableStage }
  | { readonly kind: 'chart'; readonly stage: RecordStage; readonly plan: ChartPlan };

function compile(query: LogQuery, scope: LogScope, range: LogRange & { readonly maxPoints: number }): Compiled {
  let records: RecordStage = startRecords(query.filter, scope, range);
  const pipes = [...query.pipes];
  for (let pipe = pipes.shift(); pipe !== undefined; pipe = pipes.shift()) {
    const next = pipeRecords(records, pipe);
    if (next !== undefined) records = next;
    else if (pipe.kind === 'timechart' || pipe.kind === 'rate') return chart(records, pipe, pipes, range);
    else
      return {
        kind: 'table',
        stage: pipes.reduce((stage, one) => pipeTable(stage, one, scope.now), tableOf(records, pipe)),
      };
  }
  return { kind: 'table', stage: listing(records) };
}

function chart(
  stage: RecordStage,
  pipe: Extract<LogPipe, { kind: 'timechart' | 'rate' }>,
  rest: readonly LogPipe[],
  range: LogRange & { readonly maxPoints: number },
): Compiled {
  if (rest.length > 0) throw new AppError('bad_query', `'${pipe.kind}' must be the last pipe`);
  if (pipe.by !== undefined) fieldsOfStage(stage).text(pipe.by);
  return { kind: 'chart', stage, plan: planChart(pipe, range, range.maxPoints) };
}

type Ask = (sql: string) => Promise<LogAnswer>;

async function run(ask: Ask, compiled: Compiled): Promise<TableResult | (TimeChart & { kind: 'chart' })> {
  if (compiled.kind === 'table') return readTable(ask, compiled.stage);
  const { stage, plan } = compiled;
  const linesSql = chartLinesSql(stage, plan);
  const lines = linesSql === undefined ? undefined : (await ask(linesSql)).rows.map(([line]) => String(line));
  return { kind: 'chart', ...readChart(await ask(chartSql(stage, plan, lines)), plan, lines) };
}

async function readTable(ask: Ask, { sql, columns }: TableStage): Promise<TableResult> {
  // What is sorted inside stays so: a subquery with ORDER BY that is only selected from keeps its order.
  const { rows } = await ask(`SELECT * FROM (${sql}) LIMIT ${MAX_ROWS + 1}`);
  const read = (value: unknown, index: number): unknown =>
    value === null || columns[index]?.type === 'text' ? value : Number(value);
  return {
    kind: 'table',
    columns,
    rows: rows.slice(0, MAX_ROWS).map((row) => row.map(read)),
    truncated: rows.length > MAX_ROWS,
  };
}
