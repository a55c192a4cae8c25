import { AppError } from '#core/errors.ts';
import type { LogAmount } from '#core/log-query/amount.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import type { LogPipe } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { amountSql } from './amount-sql.ts';
import { askLogs } from './ask.ts';
import type { FieldSource } from './field-sql.ts';
import { fieldsOfStage, fromOf, pipeRecords, type RecordStage, startRecords } from './record-stage.ts';
import type { LogRange, LogScope } from './scope.ts';

/** A field by whose values lines are told apart. */
export type WindowLabel = { readonly field: string; readonly as: 'text' | 'status_class' };

/** The numbers of a field, and what is calculated of them; without a field all lines are counted. */
export type WindowNumber = {
  readonly field: string;
  readonly unit: LogAmount['unit'];
  readonly functions: readonly WindowFunction[];
};
export type WindowFunction = 'count' | 'sum' | 'avg' | 'min' | 'max' | { readonly quantile: number };

/** Windows of the length `step` from `from` on, both in ms; `to` is where a window ends. */
export type WindowQuestion = LogRange & {
  readonly query: string;
  readonly step: number;
  readonly labels: readonly WindowLabel[];
  readonly numbers: readonly WindowNumber[];
  /** Sets of label values of a window at most: those of the most lines, and before them the `known` ones. */
  readonly limit: number;
  /** Texts of the labels, as in the rows of an answer. */
  readonly known?: readonly (readonly string[])[];
};

/** One set of label values in one window. */
export type WindowRow = {
  /** End of the window, ms. */
  readonly end: number;
  /** Text of each label; '' = the lines have it not. */
  readonly labels: readonly string[];
  readonly lines: number;
  /** Sets of label values in the window, those beyond the limit, too. */
  readonly sets: number;
  /** Of each number its functions in order; null = no line has the number. */
  readonly values: readonly (readonly (number | null)[])[];
};

/** Rows in the order of time. */
export type WindowAnswer = { readonly rows: readonly WindowRow[]; readonly rowsRead: number; readonly ms: number };

const MAX_LABEL = 200;
/** Known sets of label values stand in the statement. */
const MAX_SQL = 64 * 2 ** 20;

/** Throws `bad_query` for what is no query of lines. */
export function checkWindowQuery(text: string): void {
  for (const { kind } of parseLogQuery(text).pipes) if (kind !== 'where' && kind !== 'parse') throw noLines(kind);
}

const noLines = (kind: LogPipe['kind']): AppError =>
  new AppError('bad_query', `'${kind}' makes no lines that can be counted: only where and parse can stand here`);

/** Values of lines in windows of time, in one statement. Throws `bad_query`, `limit_*`, `cancelled`; it is never partial. */
export async function windowValues(scope: LogScope, question: WindowQuestion): Promise<WindowAnswer> {
  const started = performance.now();
  const sql = windowSql(scope, question);
  const settings = { max_query_size: MAX_SQL };
  const { rows, rowsRead } = await askLogs(scope.store, sql, { signal: scope.signal, settings });
  const first = 1 + question.labels.length;
  const read = rows.map(
    (row): WindowRow => ({
      end: question.from + (Number(row[0]) + 1) * question.step,
      labels: row.slice(1, first).map(String),
      lines: Number(row[first]),
      sets: Number(row[first + 1]),
      values: question.numbers.map(({ functions }, i) => readValues(functions, row[first + 2 + i])),
    }),
  );
  return { rows: read, rowsRead, ms: performance.now() - started };
}

/** The statement: a window is read by the order key of the table, so that few rows beyond it are touched. */
export function windowSql(scope: LogScope, question: WindowQuestion): string {
  const { query, from, to, step, labels, numbers, limit } = question;
  const { filter, pipes } = parseLogQuery(query);
  const stage = pipes.reduce(
    (before: RecordStage, pipe) => {
      const next = pipe.kind === 'where' || pipe.kind === 'parse' ? pipeRecords(before, pipe) : undefined;
      if (next === undefined) throw noLines(pipe.kind);
      return next;
    },
    startRecords(filter, scope, { from, to }),
  );
  const fields = fieldsOfStage(stage);
  const keys = labels.map((label, i) => `${labelSql(label, fields)} AS l${i}`);
  const values = numbers.map((number, i) => `${numberSql(number, fields)} AS v${i}`);
  const places = labels.map((_, i) => `l${i}`);
  const window = `intDiv(toUnixTimestamp64Milli(ts) - ${from}, ${step}) AS w`;
  const grouped = [window, ...keys, 'count() AS n', ...values].join(', ');
  const names = ['w', ...places, 'n', 'count() OVER (PARTITION BY w)', ...numbers.map((_, i) => `v${i}`)].join(', ');
  return (
    `SELECT ${names} FROM (SELECT ${grouped} ${fromOf(stage)} GROUP BY ${['w', ...places].join(', ')})` +
    ` ORDER BY ${['w', ...knownFirst(question.known, places), 'n DESC', ...places].join(', ')} LIMIT ${limit} BY w`
  );
}

function knownFirst(known: WindowQuestion['known'] = [], places: readonly string[]): readonly string[] {
  if (known.length === 0 || places.length === 0) return [];
  const sets = known.map((texts) => `(${texts.map(textLiteral).join(',')})`);
  return [`(${places.join(', ')}) IN (${sets.join(',')}) DESC`];
}

/** Labels hold no control characters, and no more than {@link MAX_LABEL} characters. */
function labelSql({ field, as }: WindowLabel, fields: FieldSource): string {
  const text = fields.text(field);
  if (as === 'status_class') return `if(match(${text}, '^[1-9][0-9]{2}$'), concat(substring(${text}, 1, 1), 'xx'), '')`;
  return `leftUTF8(replaceRegexpAll(${text}, '[\\\\x00-\\\\x1f\\\\x7f]', ' '), ${MAX_LABEL})`;
}

/** One array: what it holds may be NULL. Percentiles are exact and sorted once for all of them. */
function numberSql({ field, unit, functions }: WindowNumber, fields: FieldSource): string {
  const number = field === '' ? '1' : amountSql(fields.text(field), field, unit);
  const quantiles = functions.flatMap((fn) => (typeof fn === 'string' ? [] : [fn.quantile]));
  const sorted = `quantilesExactInclusive(${quantiles.join(', ')})(${number})`;
  let place = 0;
  const list = functions.map((fn) => {
    if (typeof fn !== 'string') return `if(count(${number}) = 0, NULL, arrayElement(${sorted}, ${++place}))`;
    if (fn === 'count' && field === '') return 'count()';
    // Compensated, so that the order of the lines does not show in the sum.
    if (fn === 'avg') return `sumKahan(${number}) / count(${number})`;
    return fn === 'sum' ? `sumKahan(${number})` : `${fn}(${number})`;
  });
  return `[${list.map((one) => `toNullable(toFloat64(${one}))`).join(', ')}]`;
}

function readValues(functions: readonly WindowFunction[], found: unknown): (number | null)[] {
  const list = Array.isArray(found) ? (found as unknown[]) : [];
  return functions.map((_, i) => {
    const value = list[i];
    const number = value === null || value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  });
}
