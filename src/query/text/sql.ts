import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import { consolidate } from '#core/series-math/consolidate.ts';
import { gridOf, stepAtLeast } from '#core/series-math/grid.ts';
import type { SqlAnswer, SqlColumn } from '#query/sql/index.ts';
import { rangeAnswer } from './range-answer.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';

const TIME_NAMES = new Set(['t', 'ts', 'time', 'timestamp']);
const NUMBER = /^(?:U?Int\d+|Float\d+|Decimal\b.*|Bool)/;
/** Numbers below this are seconds since the epoch, above ms. */
const MOST_SECONDS = 1e11;

type Points = { readonly labels: Labels; readonly t: number[]; readonly v: number[] };

/** Runs SQL: rows with a time become series (numeric columns; text columns are labels), others a table. */
export async function answerSql({ sql }: TextQueryParts, question: TextQuestion, step: number): Promise<TextAnswer> {
  const answer = await sql.run(question.text, question.signal);
  const time = answer.columns.findIndex(isTime);
  const numbers = answer.columns.flatMap((column, index) => (index !== time && isNumber(column) ? [index] : []));
  if (time < 0 || numbers.length === 0) return tableOf(answer);
  const series = seriesOf(answer, time, numbers);
  const pace = Math.max(0, ...series.map(({ t }) => medianGap(t)));
  const grid = gridOf(question.from, question.to, pace > step * 1.5 ? stepAtLeast(pace * 0.9) : step);
  const lines = series.slice(0, question.limit).map(({ labels, t, v }) => ({
    labels,
    values: consolidate(Float64Array.from(t), Float64Array.from(v), grid, { hold: medianGap(t) }),
  }));
  return rangeAnswer(lines, {
    grid,
    isTruncated: series.length > question.limit || answer.truncated,
    stats: statsOf(answer, series.length),
    ...(answer.truncated
      ? {
          annotations: [
            { level: 'warn', message: `only the first ${answer.rows.length} rows are drawn: aggregate by $__interval` },
          ],
        }
      : {}),
  });
}

function tableOf(answer: SqlAnswer): TextAnswer {
  const { columns, rows, truncated } = answer;
  return { header: { type: 'table', fields: columns, rows, truncated, stats: statsOf(answer, 0) }, columns: [] };
}

const statsOf = ({ rows, ms }: SqlAnswer, series: number) => ({ seriesMatched: series, samplesRead: rows.length, ms });

function seriesOf({ columns, rows }: SqlAnswer, time: number, numbers: readonly number[]): Points[] {
  const texts = columns.flatMap((_, index) => (index !== time && !numbers.includes(index) ? [index] : []));
  const found = new Map<string, Points>();
  for (const row of rows) {
    const t = timeOf(row[time]);
    if (Number.isNaN(t)) continue;
    for (const column of numbers) {
      const key = JSON.stringify([column, ...texts.map((index) => row[index])]);
      const points = found.get(key) ?? { labels: labelsOf(columns, row, { column, texts }), t: [], v: [] };
      found.set(key, points);
      points.t.push(t);
      points.v.push(row[column] === null ? Number.NaN : Number(row[column]));
    }
  }
  return [...found.values()].map(sorted);
}

function labelsOf(
  columns: readonly SqlColumn[],
  row: readonly unknown[],
  { column, texts }: { readonly column: number; readonly texts: readonly number[] },
): Labels {
  const labels = texts.map((index) => [columns[index]?.name ?? '', textOf(row[index])] as const);
  return { [NAME_LABEL]: columns[column]?.name ?? '', ...Object.fromEntries(labels.filter(([, text]) => text !== '')) };
}

function sorted(points: Points): Points {
  const { labels, t, v } = points;
  if (t.every((one, i) => i === 0 || one >= (t[i - 1] as number))) return points;
  const order = t.map((_, i) => i).sort((a, b) => (t[a] as number) - (t[b] as number));
  return { labels, t: order.map((i) => t[i] as number), v: order.map((i) => v[i] as number) };
}

function medianGap(t: readonly number[]): number {
  const gaps = t.flatMap((one, i) => (i === 0 ? [] : [one - (t[i - 1] as number)])).filter((gap) => gap > 0);
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

function bareType({ type }: SqlColumn): string {
  return type.replace(/^(?:Nullable|LowCardinality)\((.*)\)$/, '$1').replace(/^Nullable\((.*)\)$/, '$1');
}

const isNumber = (column: SqlColumn): boolean => NUMBER.test(bareType(column));
const isTime = (column: SqlColumn): boolean =>
  bareType(column).startsWith('Date') || (TIME_NAMES.has(column.name.toLowerCase()) && isNumber(column));

/** ms since the epoch; texts are UTC, as the engine writes them. */
function timeOf(value: unknown): number {
  if (typeof value === 'string' && /^\d{4}-/.test(value)) {
    return Date.parse(value.length > 10 ? `${value.replace(' ', 'T')}Z` : `${value}T00:00:00Z`);
  }
  const number = value === null ? Number.NaN : Number(value);
  return number < MOST_SECONDS ? number * 1_000 : number;
}

const textOf = (value: unknown): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
