import { CollectError } from '../plugin/collect-error.ts';
import type { CollectedValue, Collection, CollectionProblem } from '../plugin/collector.ts';
import { ageName, counterName, gaugeName, nameOfColumn } from './column-metrics.ts';
import type { RowMapping } from './row-mapping.ts';
import { numberOfCell, timeOfCell } from './sql-cell.ts';
import type { SqlRows } from './sql-rows.ts';

/** Of one answer; the rest is counted. */
const MOST_PROBLEMS = 5;
const SHOWN_ROWS = 100;
const LONGEST_LABEL = 1_000;

type Reading = { readonly metric: string; readonly column: string; readonly index: number; readonly isTime: boolean };

/** The series that an answer gives: one for each row and value column. Throws `answer` for columns it does not have. */
export function seriesOfRows(config: RowMapping, answer: SqlRows, now: number): Collection {
  const readings = readingsOf(config, answer);
  const labels = config.labelColumns.map((column) => [nameOfColumn(column), indexOf(answer, column)] as const);
  const problems: string[] = answer.isCut ? [`there are more than ${config.maxRows} rows: the rest is left out`] : [];
  const values: CollectedValue[] = [];
  const seen = new Map<string, number>();
  for (const [i, row] of answer.rows.entries()) {
    const own = Object.fromEntries(labels.map(([label, index]) => [label, (row[index] ?? '').slice(0, LONGEST_LABEL)]));
    const twin = seen.get(JSON.stringify(own));
    seen.set(JSON.stringify(own), i + 1);
    if (twin !== undefined && readings.length > 0) {
      problems.push(`rows ${twin} and ${i + 1} have the same labels ${JSON.stringify(own)}: add a label column`);
      continue;
    }
    for (const { metric, column, index, isTime } of readings) {
      const cell = row[index] ?? null;
      if (cell === null) continue;
      const read = isTime ? timeOfCell(cell) : numberOfCell(cell);
      if (read === undefined) problems.push(misread(i + 1, column, cell, isTime));
      else values.push({ metric, labels: own, value: isTime ? (now - read) / 1_000 : read });
    }
  }
  const query = { query: config.name };
  values.push({ metric: 'sql_rows', labels: query, value: answer.rows.length });
  const { freshFor, timeColumn } = config;
  if (freshFor !== undefined && timeColumn !== undefined) {
    const isFresh = now - newestOf(answer, indexOf(answer, timeColumn)) <= freshFor;
    values.push({ metric: 'sql_fresh', labels: query, value: Number(isFresh) });
  }
  const table = {
    ...answer,
    isCut: answer.isCut || answer.rows.length > SHOWN_ROWS,
    rows: answer.rows.slice(0, SHOWN_ROWS),
  };
  return { values, problems: told(problems), table };
}

/** The newest time of a column; what is none does not count. */
function newestOf({ rows }: SqlRows, index: number): number {
  const times = rows.map((row) => timeOfCell(row[index] ?? '') ?? Number.NEGATIVE_INFINITY);
  return times.reduce((newest, time) => Math.max(newest, time), Number.NEGATIVE_INFINITY);
}

function misread(row: number, column: string, cell: string, isTime: boolean): string {
  const shown = JSON.stringify(cell.slice(0, 40));
  return `row ${row}, column ${column}: ${shown} is no ${isTime ? 'time' : 'number'}`;
}

function readingsOf(config: RowMapping, answer: SqlRows): Reading[] {
  const reading = (metric: string, column: string, isTime = false): Reading => {
    return { metric, column, index: indexOf(answer, column), isTime };
  };
  const { timeColumn } = config;
  return [
    ...config.valueColumns.map((column) => reading(gaugeName(config, column), column)),
    ...config.counterColumns.map((column) => reading(counterName(config, column), column)),
    ...(timeColumn === undefined ? [] : [reading(ageName(config, timeColumn), timeColumn, true)]),
  ];
}

/** Servers differ in the case of names. */
function indexOf({ columns }: SqlRows, column: string): number {
  const exact = columns.indexOf(column);
  const found = exact >= 0 ? exact : columns.findIndex((one) => one.toLowerCase() === column.toLowerCase());
  if (found >= 0) return found;
  throw new CollectError('answer', `the answer has no column ${column}; it has ${columns.join(', ') || 'none'}`);
}

function told(problems: readonly string[]): CollectionProblem[] {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const rest = problems.length - shown.length;
  if (rest > 0) shown.push(`and ${rest} more of this kind`);
  return shown.map((message) => ({ part: 'rows', message }));
}
