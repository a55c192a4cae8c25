import { nearestName } from '../nearest-name.ts';
import { parseDuration } from '../units/duration.ts';
import { parseAggregates } from './parse-aggregate.ts';
import { parseFilter } from './parse-filter.ts';
import { patternNames } from './parse-pattern.ts';
import type { LogGroup, LogPipe, LogSortKey } from './query.ts';
import type { QueryReader } from './reader.ts';

const NAME = /(?:\\.|[^\s()"|<>=!,*?[\]{}:\\-])(?:\\.|[^\s()"|<>=!,*?[\]{}:\\])*(?:\([^\s()|]*\))?/y;
const COMMA = /\s*,\s*/y;
const DURATION = /(\d+(?:ms|[smhdw]))\b/y;

const READERS: Readonly<Record<string, (reader: QueryReader) => LogPipe>> = {
  where: (reader) => ({ kind: 'where', filter: parseFilter(reader, 'where') }),
  filter: (reader) => ({ kind: 'where', filter: parseFilter(reader, 'where') }),
  stats: (reader) => ({ kind: 'stats', aggregates: parseAggregates(reader), by: parseGroups(reader) }),
  timechart: parseTimechart,
  rate: parseRate,
  top: (reader) => parseRanking(reader, 'top'),
  rare: (reader) => parseRanking(reader, 'rare'),
  sort: (reader) => ({ kind: 'sort', keys: parseSortKeys(reader) }),
  head: (reader) => ({ kind: 'head', count: takeCount(reader) ?? 10 }),
  limit: (reader) => ({ kind: 'head', count: takeCount(reader) ?? 10 }),
  fields: (reader) => ({ kind: 'fields', fields: takeNames(reader) }),
  table: (reader) => ({ kind: 'fields', fields: takeNames(reader) }),
  dedup: (reader) => ({ kind: 'dedup', fields: takeNames(reader) }),
  parse: parseExtraction,
};

/** Names of the pipes, for completion. */
export const PIPE_NAMES: readonly string[] = Object.keys(READERS);

/** Reads one pipe, behind its `|`. */
export function parsePipe(reader: QueryReader): LogPipe {
  reader.skipSpace();
  const at = reader.at;
  const name = reader.take(/[a-z]+\b/y)?.[0] ?? reader.fail(`a pipe is expected here: ${PIPE_NAMES.join(', ')}`);
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined) {
    const near = nearestName(name, PIPE_NAMES);
    reader.fail(`there is no pipe '${name}'${near === undefined ? '' : `: do you mean '${near}'?`}`, at);
  }
  reader.skipSpace();
  const pipe = read(reader);
  reader.skipSpace();
  return pipe;
}

/** Reads the name of a field or a column. */
export function takeName(reader: QueryReader): string | undefined {
  return reader.takeString() ?? reader.take(NAME)?.[0].replace(/\\(.)/gs, '$1');
}

function takeNames(reader: QueryReader): string[] {
  const names: string[] = [];
  do {
    reader.count();
    names.push(takeName(reader) ?? reader.fail('the name of a field is missing here'));
    if (names.length > 20) reader.fail('there are more than 20 fields');
  } while (reader.take(COMMA) !== undefined);
  return names;
}

function takeCount(reader: QueryReader): number | undefined {
  const digits = reader.take(/(\d{1,6})(?=[\s|]|$)\s*/y)?.[1];
  if (digits === undefined) return undefined;
  const count = Number(digits);
  return count >= 1 && count <= 10_000 ? count : reader.fail('the number must be between 1 and 10000');
}

function parseGroups(reader: QueryReader): LogGroup[] {
  reader.skipSpace();
  if (reader.take(/by\s+/y) === undefined) return [];
  const groups: LogGroup[] = [];
  do {
    reader.count();
    const span = reader.take(/(?:span|bin)\(\s*/y) === undefined ? undefined : takeSpan(reader);
    if (span !== undefined && reader.take(/\s*\)/y) === undefined) reader.fail("a ')' is missing");
    groups.push(span === undefined ? { kind: 'field', field: requireName(reader) } : { kind: 'span', ms: span });
    if (groups.length > 8) reader.fail('there are more than 8 groups');
  } while (reader.take(COMMA) !== undefined);
  if (groups.filter(({ kind }) => kind === 'span').length > 1) reader.fail('there can be one span');
  return groups;
}

const requireName = (reader: QueryReader): string =>
  takeName(reader) ?? reader.fail('the name of a field is missing here');

function takeSpan(reader: QueryReader): number {
  const text = reader.take(DURATION)?.[1] ?? reader.fail('a duration is expected here, such as 1m');
  const ms = parseDuration(text) ?? 0;
  return ms > 0 ? ms : reader.fail('the span must be longer than 0');
}

const takeOption = (reader: QueryReader, name: string): boolean =>
  reader.take(new RegExp(`${name}\\s*=\\s*`, 'y')) !== undefined;

function takeBy(reader: QueryReader): string | undefined {
  reader.skipSpace();
  return reader.take(/by\s+/y) === undefined ? undefined : requireName(reader);
}

function parseTimechart(reader: QueryReader): LogPipe {
  let span: number | undefined;
  let limit: number | undefined;
  for (;;) {
    if (takeOption(reader, 'span')) span = takeSpan(reader);
    else if (takeOption(reader, 'limit')) limit = takeLimit(reader);
    else break;
    reader.skipSpace();
  }
  const aggregates = parseAggregates(reader);
  const by = takeBy(reader);
  return {
    kind: 'timechart',
    ...(span === undefined ? {} : { span }),
    aggregates,
    ...(by === undefined ? {} : { by }),
    limit: limit ?? 10,
  };
}

const takeLimit = (reader: QueryReader): number => {
  const limit = takeCount(reader) ?? reader.fail('a number is expected here');
  return limit <= 100 ? limit : reader.fail('there can be 100 lines at most');
};

function parseRate(reader: QueryReader): LogPipe {
  const span = takeOption(reader, 'span') || reader.sees(DURATION) ? takeSpan(reader) : undefined;
  const by = takeBy(reader);
  return { kind: 'rate', ...(span === undefined ? {} : { span }), ...(by === undefined ? {} : { by }) };
}

function parseRanking(reader: QueryReader, kind: 'top' | 'rare'): LogPipe {
  const count = takeCount(reader) ?? 10;
  reader.take(/by\s+/y);
  return { kind, count, fields: takeNames(reader) };
}

function parseSortKeys(reader: QueryReader): LogSortKey[] {
  reader.take(/by\s+/y);
  const keys: LogSortKey[] = [];
  do {
    reader.count();
    const sign = reader.take(/[-+]\s*/y)?.[0].charAt(0);
    const field = requireName(reader);
    const word = reader.take(/\s+(asc|desc)\b/y)?.[1];
    keys.push({ field, descending: sign === '-' || word === 'desc' });
  } while (reader.take(COMMA) !== undefined);
  return keys;
}

function parseExtraction(reader: QueryReader): LogPipe {
  const from = reader.take(/from\s+/y) === undefined ? undefined : requireName(reader);
  reader.skipSpace();
  const at = reader.at;
  const pattern = reader.takeString() ?? reader.fail('a pattern is expected here, such as "user=<user> "');
  if (patternNames(pattern).length === 0) reader.fail('the pattern names no field: write <name>', at);
  return { kind: 'parse', field: from ?? 'message', pattern };
}
