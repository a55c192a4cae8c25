import { AppError } from '#core/errors.ts';
import { fieldKind } from '#core/log-query/fields.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { numberSql } from './amount-sql.ts';
import { askLogs } from './ask.ts';
import { logCondition } from './condition.ts';
import { recordFields } from './field-sql.ts';
import type { LogIndex } from './log-index.ts';
import { type LogRange, type LogScope, whereOf } from './scope.ts';

/** How rows are cut into buckets. */
export type BucketKind =
  | { readonly kind: 'time'; readonly stepMs: number }
  | { readonly kind: 'number'; readonly field: string; readonly interval: number }
  | {
      readonly kind: 'terms';
      readonly field: string;
      readonly size: number;
      /** `count`, `key`, or the name of a number. */
      readonly orderBy: string;
      readonly descending: boolean;
      readonly missing?: string;
    }
  | { readonly kind: 'filters'; readonly filters: readonly LogFilter[] };

export type NumberKind = 'avg' | 'min' | 'max' | 'sum' | 'count' | 'distinct' | 'stdev' | `p${number}`;
export type BucketNumber = { readonly name: string; readonly fn: NumberKind; readonly field: string };

/** Numbers of all rows, and buckets with numbers and buckets of their own. */
export type BucketTree = {
  readonly numbers: readonly BucketNumber[];
  readonly buckets: readonly { readonly name: string; readonly by: BucketKind; readonly tree: BucketTree }[];
};

/** What a tree gives for the rows of one bucket. Keys are texts, numbers, or places in the list of filters. */
export type BucketResult = {
  readonly count: number;
  readonly numbers: ReadonlyMap<string, number | undefined>;
  readonly buckets: ReadonlyMap<string, Bucket[]>;
};
export type Bucket = { readonly key: string; readonly result: BucketResult };

const MAX_BUCKETS = 65_536;
const MAX_DEPTH = 4;

type Level = { readonly by: BucketKind; readonly keys?: readonly string[] };
type Writable = { count: number; numbers: Map<string, number | undefined>; buckets: Map<string, Bucket[]> };
type Question = { readonly scope: LogScope; readonly where: string; rowsRead: number };

/** Fills a tree of buckets: one statement for each kind of bucket. Throws `limit_rows` for too many of them. */
export async function fillBuckets(
  scope: LogScope,
  request: LogRange & { readonly filter: LogFilter; readonly tree: BucketTree },
): Promise<BucketResult & { readonly rowsRead: number }> {
  const question: Question = { scope, where: whereOf(request.filter, scope, request), rowsRead: 0 };
  const [root] = await askLevel(question, [], request.tree);
  const result = resultOf(root?.values ?? ['0'], request.tree);
  await fillChildren(question, { levels: [], tree: request.tree, parents: new Map([['', result]]) });
  return { ...result, rowsRead: question.rowsRead };
}

type Family = {
  readonly levels: readonly Level[];
  readonly tree: BucketTree;
  readonly parents: ReadonlyMap<string, Writable>;
};

async function fillChildren(question: Question, { levels, tree, parents }: Family): Promise<void> {
  if (levels.length >= MAX_DEPTH && tree.buckets.length > 0) {
    throw new AppError('bad_query', `buckets can be ${MAX_DEPTH} deep`);
  }
  for (const { name, by, tree: inner } of tree.buckets) {
    const rows = await askLevel(question, [...levels, { by }], inner);
    if (rows.length > MAX_BUCKETS) throw new AppError('limit_rows', `there are more than ${MAX_BUCKETS} buckets`);
    const children = new Map<string, Writable>();
    for (const parent of parents.values()) parent.buckets.set(name, []);
    for (const { path, values } of rows) {
      const result = resultOf(values, inner);
      const key = path.at(-1) ?? '';
      parents.get(path.slice(0, -1).join('\0'))?.buckets.get(name)?.push({ key, result });
      children.set(path.join('\0'), result);
    }
    const keys = by.kind === 'terms' ? { keys: [...new Set(rows.map(({ path }) => path.at(-1) ?? ''))] } : {};
    if (rows.length > 0)
      await fillChildren(question, { levels: [...levels, { by, ...keys }], tree: inner, parents: children });
  }
}

function resultOf([count, ...numbers]: readonly unknown[], tree: BucketTree): Writable {
  const read = (value: unknown): number | undefined =>
    value === null || value === undefined ? undefined : Number(value);
  return {
    count: Number(count),
    numbers: new Map(tree.numbers.map(({ name }, i) => [name, read(numbers[i])])),
    buckets: new Map(),
  };
}

type LevelRow = { readonly path: readonly string[]; readonly values: readonly unknown[] };

async function askLevel(question: Question, levels: readonly Level[], tree: BucketTree): Promise<LevelRow[]> {
  const { scope, where } = question;
  const sql = levelSql(scope, { levels, tree, where });
  const { rows, rowsRead } = await askLogs(scope.store, sql, {
    signal: scope.signal,
    settings: { timeout_overflow_mode: 'break' },
  });
  question.rowsRead += rowsRead;
  return rows.map((row) => ({ path: row.slice(0, levels.length).map(String), values: row.slice(levels.length) }));
}

type LevelQuestion = { readonly levels: readonly Level[]; readonly tree: BucketTree; readonly where: string };

function levelSql(scope: LogScope, { levels, tree, where }: LevelQuestion): string {
  const keys = levels.map(({ by }) => keySql(by, scope));
  const numbers = tree.numbers.map((number, i) => `${bucketNumberSql(number, scope)} AS n${i}`);
  const chosen = levels.flatMap(({ by, keys: list }, i) => levelCondition(by, keys[i] ?? '', list));
  const list = [...keys.map((key, i) => `${key} AS k${i}`), 'count() AS n', ...numbers];
  const select = `SELECT ${list.join(', ')} FROM nocmate.logs WHERE ${[where, ...chosen].join(' AND ')}`;
  const last = levels.at(-1);
  if (last === undefined) return select;
  const places = keys.map((_, i) => `k${i}`);
  const parents = places.slice(0, -1);
  const own = places.at(-1) ?? '';
  const order = last.by.kind === 'terms' ? [termsOrder(last.by, tree, own), own] : [own];
  const cut =
    last.by.kind !== 'terms' ? '' : ` LIMIT ${last.by.size}${parents.length === 0 ? '' : ` BY ${parents.join(', ')}`}`;
  return `SELECT * FROM (${select} GROUP BY ${places.join(', ')} ORDER BY ${[...parents, ...order].join(', ')}${cut}) LIMIT ${MAX_BUCKETS + 1}`;
}

function keySql(by: BucketKind, { index, now }: LogScope): string {
  const fields = recordFields(index);
  switch (by.kind) {
    case 'time':
      return `intDiv(toUnixTimestamp64Milli(ts), ${by.stepMs}) * ${by.stepMs}`;
    case 'number':
      return `floor(${valueSql(by.field, index)} / ${by.interval}) * ${by.interval}`;
    case 'terms': {
      const text = fields.text(by.field);
      return by.missing === undefined ? text : `if(${text} = '', ${textLiteral(by.missing)}, ${text})`;
    }
    case 'filters': {
      const places = by.filters.map((filter, i) => `if(${logCondition(filter, fields, now)}, ${i}, -1)`);
      return `arrayJoin(arrayFilter(x -> x >= 0, [${places.join(', ')}]))`;
    }
  }
}

function levelCondition(by: BucketKind, key: string, list: readonly string[] | undefined): string[] {
  if (by.kind === 'number') return [`isNotNull(${key})`];
  if (by.kind !== 'terms') return [];
  return [list === undefined ? `${key} != ''` : `${key} IN (${list.map(textLiteral).join(',')})`];
}

function termsOrder(by: Extract<BucketKind, { kind: 'terms' }>, tree: BucketTree, key: string): string {
  const direction = by.descending ? 'DESC' : 'ASC';
  if (by.orderBy === 'key') return `${key} ${direction}`;
  const number = tree.numbers.findIndex(({ name }) => name === by.orderBy);
  return `${number < 0 ? 'n' : `n${number}`} ${direction}`;
}

/** A field's number; NULL where it has none. */
function valueSql(field: string, index: LogIndex): string {
  const kind = fieldKind(field);
  if (kind === 'time') return 'toUnixTimestamp64Milli(ts)';
  return field === 'severity' ? 'severity' : numberSql(recordFields(index).text(field));
}

function bucketNumberSql({ fn, field }: BucketNumber, { index }: LogScope): string {
  const value = valueSql(field, index);
  const text = recordFields(index).text(field);
  switch (fn) {
    case 'count':
      return `countIf(${text} != '')`;
    case 'distinct':
      return `uniqIf(${text}, ${text} != '')`;
    case 'stdev':
      return `stddevPop(${value})`;
    case 'avg':
    case 'min':
    case 'max':
    case 'sum':
      return `${fn}(${value})`;
    default:
      return `quantileTDigest(${Number(fn.slice(1)) / 100})(${value})`;
  }
}
