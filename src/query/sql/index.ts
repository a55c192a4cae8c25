import type { FunctionHelp, SqlTableHelp } from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { checkStatement } from './check-statement.ts';
import { placedProblem } from './problem-place.ts';
import { readSqlFunctions, readSqlTables } from './sql-help.ts';
import { commonTableNames, hasOutputClause, requirePlainNames } from './statement-text.ts';
import { readSyntaxTree, type SyntaxNode } from './syntax-tree.ts';

export type SqlColumn = { readonly name: string; readonly type: string };

/** Rows of an answer; 64-bit and larger integers are strings, NaN and infinities null. */
export type SqlAnswer = {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly unknown[])[];
  /** There are more rows than {@link SQL_LIMITS} allows. */
  readonly truncated: boolean;
  readonly ms: number;
};

/** Limits of one statement. */
export const SQL_LIMITS = {
  rows: 10_000,
  seconds: 20,
  memoryBytes: 300_000_000,
  answerBytes: 32 * 1024 * 1024,
} as const;

const MAX_TEXT = 100_000;
const ANALYSIS_SECONDS = 1;
const SETTINGS = {
  max_execution_time: SQL_LIMITS.seconds,
  max_memory_usage: SQL_LIMITS.memoryBytes,
  max_result_rows: SQL_LIMITS.rows + 1,
  result_overflow_mode: 'break',
  // `*` is every column that has a name, also the calculated ones, as the value of a sample is.
  asterisk_include_alias_columns: 1,
};

/** Runs read-only SQL that users wrote: checked as the engine itself reads it, with limits. */
export type SqlRunner = {
  /** The functions that may be called, and the tables that may be read. */
  readonly functions: () => Promise<readonly FunctionHelp[]>;
  readonly tables: () => Promise<readonly SqlTableHelp[]>;
  /** Throws `bad_query` (refused or wrong; the message names position or part), `limit_*` and `cancelled`. */
  readonly run: (text: string, signal?: AbortSignal) => Promise<SqlAnswer>;
  /**
   * Throws as `run` does for a text that may not be run or that the engine cannot make sense of (`bad_query`, with
   * `position` and `to` where they are known); nothing is read but what constants in it need.
   */
  readonly check: (text: string, signal?: AbortSignal) => Promise<void>;
};

/** Builds the runner over the store. */
export function createSqlRunner(store: TelemetryStore): SqlRunner {
  return {
    functions: () => readSqlFunctions(store),
    tables: () => readSqlTables(store),
    check: (text, signal) =>
      placing(text, async () => {
        const options = signal === undefined ? {} : { signal };
        await analyse(store, await checkedStatement(store, text, options), options);
      }),
    run: (text, signal) => placing(text, () => runStatement(store, text, signal === undefined ? {} : { signal })),
  };
}

type Options = { readonly signal?: AbortSignal };

async function placing<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw placedProblem(error, text);
  }
}

async function runStatement(store: TelemetryStore, text: string, options: Options): Promise<SqlAnswer> {
  const started = performance.now();
  const statement = await checkedStatement(store, text, options);
  // readonly stands in the text: as a setting of the connection it could not be taken back.
  const bytes = await store.stream(`${statement} SETTINGS readonly = 1`, 'JSONCompactEachRowWithNamesAndTypes', {
    ...options,
    settings: SETTINGS,
  });
  const { columns, rows } = readRows(await readLines(bytes));
  const truncated = rows.length > SQL_LIMITS.rows;
  return { columns, rows: rows.slice(0, SQL_LIMITS.rows), truncated, ms: Math.round(performance.now() - started) };
}

/** Names and types, as the engine understands them. What takes long is left to the run. */
async function analyse(store: TelemetryStore, statement: string, options: Options): Promise<void> {
  try {
    const settings = { ...SETTINGS, max_execution_time: ANALYSIS_SECONDS };
    await store.rows(`DESCRIBE TABLE (${statement}) SETTINGS readonly = 1`, { ...options, settings });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bad_query') throw error;
  }
}

/**
 * The statement as the engine formats it, after its syntax tree was checked. The foreign text goes to the engine only as
 * a string value; what is explained and run is the engine's own spelling of the one statement it found in it.
 */
async function checkedStatement(store: TelemetryStore, text: string, options: Options): Promise<string> {
  if (text.length > MAX_TEXT) throw new AppError('bad_query', `the statement is longer than ${MAX_TEXT} characters`);
  const literal = textLiteral(text.replace(/[\s;]+$/, ''));
  const [found] = await store.rows<{ sql: string | null }>(
    `SELECT formatQuerySingleLineOrNull(${literal}) AS sql`,
    options,
  );
  const formatted = found?.sql ?? undefined;
  if (formatted === undefined) throw await syntaxError(store, literal, options);
  requirePlainNames(formatted);
  if (!/^(?:SELECT|WITH|\()/.test(formatted)) {
    throw new AppError('bad_query', `only SELECT is allowed, this is ${formatted.split(' ', 1)[0]}`);
  }
  if (hasOutputClause(formatted)) {
    throw new AppError('bad_query', "FORMAT and INTO OUTFILE are not allowed: choose json or csv by '?format='");
  }
  checkStatement(await syntaxTree(store, formatted, options), commonTableNames(formatted));
  return formatted;
}

/** The syntax tree of the statement, without the FORMAT of our own that the store puts behind it. */
async function syntaxTree(store: TelemetryStore, formatted: string, options: Options): Promise<SyntaxNode> {
  const lines = await store.rows<{ explain: string }>(`EXPLAIN AST ${formatted}`, options);
  const root = readSyntaxTree(lines.flatMap(({ explain }) => explain.split('\n')).filter((line) => line !== ''));
  const own = root.children.at(-1);
  const isOurs = root.children.length === 2 && own?.kind === 'Identifier' && own.text === 'JSONEachRow';
  return isOurs ? { ...root, children: root.children.slice(0, 1) } : root;
}

async function syntaxError(store: TelemetryStore, literal: string, options: Options): Promise<AppError> {
  try {
    await store.rows(`SELECT formatQuerySingleLine(${literal})`, options);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad_query') throw error;
    const [, position, rest = ''] = /failed at position (\d+)([^:]*(?::[^.]*)?)/.exec(error.message) ?? [];
    const details = position === undefined ? {} : { position: Number(position) - 1 };
    const where = position === undefined ? '' : ` at position ${position}${rest.slice(0, 200)}`;
    return new AppError('bad_query', `this is not one well-formed SELECT statement: syntax error${where}`, { details });
  }
  return new AppError('bad_query', 'this is not one well-formed SELECT statement');
}

async function readLines(bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.byteLength;
    if (size > SQL_LIMITS.answerBytes) {
      throw new AppError(
        'limit_rows',
        `the answer is larger than ${SQL_LIMITS.answerBytes} bytes: select fewer columns or rows`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}

function readRows([names = '[]', types = '[]', ...rows]: readonly string[]): Pick<SqlAnswer, 'columns' | 'rows'> {
  const typeNames = JSON.parse(types) as string[];
  const columns = (JSON.parse(names) as string[]).map((name, i) => ({ name, type: typeNames[i] ?? '' }));
  return { columns, rows: rows.map((row) => JSON.parse(row) as unknown[]) };
}
