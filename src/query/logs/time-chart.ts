import type { LogAggregate, LogPipe } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { aggregateSql } from './aggregate-sql.ts';
import { type LogAnswer } from './ask.ts';
import { fieldsOfStage, fromOf, type RecordStage } from './record-stage.ts';
import type { LogRange } from './scope.ts';
import { niceStep } from './step.ts';

/** Lines over time: value i of each belongs to `start + i * step`; NaN = no data. */
export type TimeChart = {
  readonly start: number;
  readonly step: number;
  readonly points: number;
  readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly values: Float64Array }[];
};

export type ChartPlan = {
  readonly start: number;
  readonly step: number;
  readonly points: number;
  readonly aggregates: readonly LogAggregate[];
  readonly by?: string;
  readonly limit: number;
  /** Counts become rates. */
  readonly perSecond: boolean;
};

/** What a `timechart` or `rate` asks for. */
export function planChart(
  pipe: Extract<LogPipe, { kind: 'timechart' | 'rate' }>,
  range: LogRange,
  maxPoints: number,
): ChartPlan {
  const least = niceStep((range.to - range.from) / 11_000);
  const step = Math.max(pipe.span ?? niceStep((range.to - range.from) / maxPoints), least);
  const start = Math.floor(range.from / step) * step;
  return {
    ...{ start, step, points: Math.max(1, Math.ceil((range.to - start) / step)) },
    aggregates: pipe.kind === 'rate' ? [{ fn: 'count', name: 'rate' }] : pipe.aggregates,
    ...(pipe.by === undefined ? {} : { by: pipe.by }),
    limit: pipe.kind === 'rate' ? 10 : pipe.limit,
    perSecond: pipe.kind === 'rate',
  };
}

/** The statement that finds which lines there are; undefined when nothing divides them. */
export function chartLinesSql(stage: RecordStage, plan: ChartPlan): string | undefined {
  if (plan.by === undefined) return undefined;
  const value = fieldsOfStage(stage).text(plan.by);
  return `SELECT ${value} AS v ${fromOf(stage)} GROUP BY v ORDER BY count() DESC, v LIMIT ${plan.limit}`;
}

/** The statement of the points; `lines` are what {@link chartLinesSql} found. */
export function chartSql(stage: RecordStage, plan: ChartPlan, lines: readonly string[] | undefined): string {
  const fields = fieldsOfStage(stage);
  const value = plan.by === undefined ? "''" : fields.text(plan.by);
  const some = lines === undefined ? stage : { ...stage, where: [...stage.where, lineCondition(value, lines)] };
  const bucket = `intDiv(toUnixTimestamp64Milli(ts) - ${plan.start}, ${plan.step})`;
  const source = { text: fields.text, time: '(ts, seq)' };
  const list = plan.aggregates.map((aggregate, i) => `${aggregateSql(aggregate, source)} AS a${i}`);
  return `SELECT ${bucket} AS b, ${value} AS v, ${list.join(', ')} ${fromOf(some)} GROUP BY b, v`;
}

const lineCondition = (value: string, lines: readonly string[]): string =>
  lines.length === 0 ? '0' : `${value} IN (${lines.map(textLiteral).join(',')})`;

/** Puts the answer of {@link chartSql} on the grid. */
export function readChart({ rows }: LogAnswer, plan: ChartPlan, lines: readonly string[] | undefined): TimeChart {
  const { points, aggregates, perSecond, by } = plan;
  const scale = perSecond ? 1_000 / plan.step : 1;
  const names = lines ?? [''];
  const columns = names.flatMap(() =>
    aggregates.map(({ fn }) => new Float64Array(points).fill(fn === 'count' ? 0 : Number.NaN)),
  );
  for (const [bucket, value, ...values] of rows) {
    const line = names.indexOf(String(value));
    if (line < 0) continue;
    values.forEach((one, i) => {
      const column = columns[line * aggregates.length + i];
      if (column !== undefined && one !== null) column[Number(bucket)] = Number(one) * scale;
    });
  }
  const series = names.flatMap((line, at) =>
    aggregates.map((aggregate, i) => ({
      labels: labelsOf(aggregate, by, line, aggregates.length),
      values: columns[at * aggregates.length + i] ?? new Float64Array(0),
    })),
  );
  return { start: plan.start, step: plan.step, points, series };
}

function labelsOf({ name }: LogAggregate, by: string | undefined, line: string, count: number): Record<string, string> {
  if (by === undefined) return { __name__: name };
  return count === 1 ? { [by]: line } : { __name__: name, [by]: line };
}
