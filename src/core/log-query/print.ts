import { nameOf } from './parse-aggregate.ts';
import {
  type LogAggregate,
  type LogBound,
  type LogFilter,
  type LogGroup,
  type LogPipe,
  type LogQuery,
  type LogTest,
  MESSAGE_FIELD,
} from './query.ts';
import { LOG_KEYWORD, printFieldName, printLogWord, quoteLogText } from './quote.ts';

/** The text of a query; `parseLogQuery` reads it back to the same value. */
export function printLogQuery({ filter, pipes }: LogQuery): string {
  const search = filter.kind === 'all' && pipes.length === 0 ? '' : printLogFilter(filter);
  return [search, ...pipes.map(printPipe)].join(' | ');
}

/** The text of a filter; '*' is everything. */
export function printLogFilter(filter: LogFilter): string {
  switch (filter.kind) {
    case 'all':
      return '*';
    case 'and':
      return filter.parts.map((part) => wrapped(part, part.kind === 'or')).join(' ');
    case 'or':
      return filter.parts.map((part) => wrapped(part, part.kind === 'and')).join(' OR ');
    case 'not':
      return `NOT ${wrapped(filter.part, filter.part.kind === 'and' || filter.part.kind === 'or')}`;
    case 'field':
      return printField(filter.field, filter.test);
  }
}

const wrapped = (filter: LogFilter, inParentheses: boolean): string =>
  inParentheses ? `(${printLogFilter(filter)})` : printLogFilter(filter);

function printField(field: string, test: LogTest): string {
  const isFree = field === MESSAGE_FIELD && test.kind !== 'exists' && test.kind !== 'range';
  return isFree ? printTest(test) : `${printFieldName(field)}:${printTest(test)}`;
}

function printTest(test: LogTest): string {
  switch (test.kind) {
    case 'equals':
      return printLogWord(test.text);
    case 'wildcard':
      return test.pattern.replace(/\\[*?\\]|[\s()"|:<>=!{}[\]\\/,+-]/gs, (found) =>
        found.length > 1 ? found : `\\${found}`,
      );
    case 'exists':
      return '*';
    case 'regex':
      return `/${test.pattern.replaceAll('/', '\\/')}/`;
    case 'range':
      return printRange(test.low, test.high);
  }
}

function printRange(low: LogBound | undefined, high: LogBound | undefined): string {
  if (low !== undefined && high === undefined) return `${low.inclusive ? '>=' : '>'}${printLogWord(low.text)}`;
  if (high !== undefined && low === undefined) return `${high.inclusive ? '<=' : '<'}${printLogWord(high.text)}`;
  const opening = low?.inclusive === false ? '{' : '[';
  const closing = high?.inclusive === false ? '}' : ']';
  const end = (bound: LogBound | undefined): string => (bound === undefined ? '*' : printLogWord(bound.text));
  return `${opening}${end(low)} TO ${end(high)}${closing}`;
}

const printNames = (names: readonly string[]): string => names.map(printColumn).join(', ');
const printColumn = (name: string): string =>
  /^[\w.@$]+(?:\([\w.@$]*\))?$/.test(name) && !/^\d+$/.test(name) && !LOG_KEYWORD.test(name)
    ? name
    : quoteLogText(name);

function printPipe(pipe: LogPipe): string {
  switch (pipe.kind) {
    case 'where':
      return `where ${printWhere(pipe.filter)}`;
    case 'stats':
      return `stats ${printAggregates(pipe.aggregates)}${printGroups(pipe.by)}`;
    case 'timechart': {
      const span = pipe.span === undefined ? '' : `span=${printMs(pipe.span)} `;
      const limit = pipe.limit === 10 ? '' : `limit=${pipe.limit} `;
      return `timechart ${span}${limit}${printAggregates(pipe.aggregates)}${printBy(pipe.by)}`;
    }
    case 'rate':
      return `rate${pipe.span === undefined ? '' : ` span=${printMs(pipe.span)}`}${printBy(pipe.by)}`;
    case 'top':
    case 'rare':
      return `${pipe.kind} ${pipe.count} ${printNames(pipe.fields)}`;
    case 'sort':
      return `sort ${pipe.keys.map(({ field, descending }) => `${descending ? '-' : ''}${printColumn(field)}`).join(', ')}`;
    case 'head':
      return `head ${pipe.count}`;
    case 'fields':
    case 'dedup':
      return `${pipe.kind} ${printNames(pipe.fields)}`;
    case 'parse':
      return `parse ${pipe.field === MESSAGE_FIELD ? '' : `from ${printColumn(pipe.field)} `}${quoteLogText(pipe.pattern)}`;
  }
}

const printBy = (field: string | undefined): string => (field === undefined ? '' : ` by ${printColumn(field)}`);

/** As a search, but free words have their field before them. */
function printWhere(filter: LogFilter): string {
  switch (filter.kind) {
    case 'and':
      return filter.parts
        .map((part) => (part.kind === 'or' ? `(${printWhere(part)})` : printWhere(part)))
        .join(' AND ');
    case 'or':
      return filter.parts
        .map((part) => (part.kind === 'and' ? `(${printWhere(part)})` : printWhere(part)))
        .join(' OR ');
    case 'not':
      return `NOT ${filter.part.kind === 'and' || filter.part.kind === 'or' ? `(${printWhere(filter.part)})` : printWhere(filter.part)}`;
    case 'field':
      return `${printFieldName(filter.field)}:${printTest(filter.test)}`;
    case 'all':
      return '';
  }
}

const printMs = (ms: number): string => {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const)
    if (ms % size === 0) return `${ms / size}${unit}`;
  return `${ms}ms`;
};

const printAggregates = (aggregates: readonly LogAggregate[]): string => aggregates.map(printAggregate).join(', ');

function printAggregate(aggregate: LogAggregate): string {
  const { field, name } = aggregate;
  const standard = field === undefined ? aggregate.fn : `${nameOf(aggregate)}(${field})`;
  const argument = field === undefined ? '' : /^[^\s()"|,\\]+$/.test(field) ? field : quoteLogText(field);
  return `${nameOf(aggregate)}(${argument})${name === standard ? '' : ` as ${quoteLogText(name)}`}`;
}

function printGroups(groups: readonly LogGroup[]): string {
  if (groups.length === 0) return '';
  return ` by ${groups.map((group) => (group.kind === 'span' ? `span(${printMs(group.ms)})` : printColumn(group.field))).join(', ')}`;
}
