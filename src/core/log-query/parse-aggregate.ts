import { nearestName } from '../nearest-name.ts';
import type { LogAggregate, LogAggregateName } from './query.ts';
import type { QueryReader } from './reader.ts';

const ALIASES: Readonly<Record<string, LogAggregateName>> = {
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  mean: 'avg',
  min: 'min',
  max: 'max',
  dc: 'dc',
  distinct_count: 'dc',
  cardinality: 'dc',
  stdev: 'stdev',
  first: 'first',
  last: 'last',
};

/** Names of the functions of `stats` and `timechart`, for completion. */
export const AGGREGATE_NAMES: readonly string[] = [...Object.keys(ALIASES), 'median', 'p50', 'p90', 'p95', 'p99'];

/** Reads `count(), p95(duration) as slow`; nothing is `count()`. */
export function parseAggregates(reader: QueryReader): LogAggregate[] {
  const aggregates: LogAggregate[] = [];
  reader.skipSpace();
  while (!reader.done && !reader.sees(/by\s|\|/y)) {
    reader.count();
    aggregates.push(parseAggregate(reader));
    if (aggregates.length > 20) reader.fail('there are more than 20 functions');
    if (reader.take(/\s*,\s*|\s+(?!by\s|\||$)/y) === undefined) break;
  }
  if (aggregates.length === 0) return [{ fn: 'count', name: 'count' }];
  const twice = aggregates.find(({ name }, i) => aggregates.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined) reader.fail(`there are two columns '${twice.name}': give one a name with 'as'`);
  return aggregates;
}

function parseAggregate(reader: QueryReader): LogAggregate {
  const at = reader.at;
  const word = reader.take(/[a-z_]+\d*(?:\.\d+)?/y)?.[0] ?? reader.fail('a function is expected here, such as count()');
  const known = functionOf(word) ?? unknown(reader, word, at);
  const field = takeArgument(reader);
  if (field === undefined && known.fn !== 'count') reader.fail(`'${word}' needs a field: ${word}(duration)`, at);
  const alias = takeAlias(reader);
  const standard = field === undefined ? known.fn : `${nameOf(known)}(${field})`;
  return { ...known, ...(field === undefined ? {} : { field }), name: alias ?? standard };
}

type Known = Pick<LogAggregate, 'fn' | 'percentile'>;

/** `p95` of a percentile, else the function. */
export const nameOf = ({ fn, percentile }: Known): string => (percentile === undefined ? fn : `p${percentile}`);

function functionOf(word: string): Known | undefined {
  if (word === 'median') return { fn: 'percentile', percentile: 50 };
  const percentile = /^p(\d{1,3}(?:\.\d{1,3})?)$/.exec(word)?.[1];
  if (percentile !== undefined && Number(percentile) <= 100)
    return { fn: 'percentile', percentile: Number(percentile) };
  const fn = Object.hasOwn(ALIASES, word) ? ALIASES[word] : undefined;
  return fn === undefined ? undefined : { fn };
}

function unknown(reader: QueryReader, word: string, at: number): never {
  const near = nearestName(word, AGGREGATE_NAMES);
  return reader.fail(`there is no function '${word}'${near === undefined ? '' : `: do you mean '${near}'?`}`, at);
}

function takeArgument(reader: QueryReader): string | undefined {
  if (reader.take(/\(\s*/y) === undefined) return undefined;
  const name = reader.takeString() ?? reader.take(/(?:\\.|[^\s()"|,\\])+/y)?.[0].replace(/\\(.)/gs, '$1');
  if (reader.take(/\s*\)/y) === undefined) reader.fail("a ')' is missing");
  return name;
}

function takeAlias(reader: QueryReader): string | undefined {
  if (reader.take(/\s+as\s+/y) === undefined) return undefined;
  return reader.takeString() ?? reader.take(/[^\s()"|,]+/y)?.[0] ?? reader.fail("a name is missing behind 'as'");
}
