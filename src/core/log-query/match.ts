import type { LogFields, LogRecord } from '../model/log-record.ts';
import { amountOf } from './amount.ts';
import { checkOf, type Limit, type LogCheck } from './check.ts';
import { fieldKind, levelOf } from './fields.ts';
import { requireRegex } from './pattern.ts';
import type { LogFilter, LogQuery } from './query.ts';
import { hasWord, lowerAscii } from './words.ts';

type Matches = (record: LogRecord) => boolean;

/** The filter of a query as a test of one record, with the meaning of its SQL. Throws `bad_query`. */
export function compileLogFilter(query: Pick<LogQuery, 'filter'>, now: number = Date.now()): Matches {
  return compile(query.filter, now);
}

function compile(filter: LogFilter, now: number): Matches {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = filter.parts.map((part) => compile(part, now));
      return (record) => parts.every((matches) => matches(record));
    }
    case 'or': {
      const parts = filter.parts.map((part) => compile(part, now));
      return (record) => parts.some((matches) => matches(record));
    }
    case 'not': {
      const matches = compile(filter.part, now);
      return (record) => !matches(record);
    }
    case 'field':
      return compileCheck(filter.field, checkOf(filter.field, filter.test, now));
  }
}

function compileCheck(field: string, check: LogCheck): Matches {
  switch (check.kind) {
    case 'always':
      return () => true;
    case 'severities':
      return ({ severity }) => check.list.includes(severity);
    case 'time':
      return ({ t }) => inside(Math.round(t * 1_000), scaled(check.low), scaled(check.high));
    case 'words':
      return wordTest(check.words, check.phrase);
    case 'pattern': {
      const expression = requireRegex(check.source);
      return (record) => searchedTexts(record).some((text) => expression.matcher(text).find());
    }
    default: {
      const test = textTest(field, check);
      return (record) => test(fieldText(record, field));
    }
  }
}

const scaled = (limit: Limit<number> | undefined): Limit<number> | undefined =>
  limit === undefined ? undefined : { ...limit, value: limit.value * 1_000 };

type TextCheck = Exclude<LogCheck, { kind: 'words' | 'pattern' | 'severities' | 'time' }>;

function textTest(field: string, check: TextCheck): (text: string) => boolean {
  switch (check.kind) {
    case 'equals':
      return (text) => text === check.text;
    case 'regex': {
      const expression = requireRegex(check.source);
      return (text) => expression.matcher(text).find();
    }
    case 'amount':
      return (text) => {
        const amount = amountOf(text, field, check.unit);
        return amount !== undefined && inside(amount, check.low, check.high);
      };
    case 'text':
      return (text) => text !== '' && insideText(text, check.low, check.high);
    default:
      return (text) => text !== '';
  }
}

function wordTest(words: readonly string[], phrase: string | undefined): Matches {
  return (record) => {
    const texts = searchedTexts(record).map(lowerAscii);
    return (
      words.every((word) => texts.some((text) => hasWord(text, word))) &&
      (phrase === undefined || texts.some((text) => text.includes(phrase)))
    );
  };
}

/** What free words are looked for in: the message, and the values of all fields. */
function searchedTexts({ body, attributes, resource }: LogRecord): string[] {
  const values = [attributes, resource].flatMap((fields) => fields.filter((_, i) => i % 2 === 1));
  return [bodyText(body), ...values];
}

function inside(value: number, low: Limit<number> | undefined, high: Limit<number> | undefined): boolean {
  if (low !== undefined && !(low.inclusive ? value >= low.value : value > low.value)) return false;
  return high === undefined || (high.inclusive ? value <= high.value : value < high.value);
}

function insideText(value: string, low: Limit<string> | undefined, high: Limit<string> | undefined): boolean {
  if (low !== undefined && compareText(value, low.value) < (low.inclusive ? 0 : 1)) return false;
  return high === undefined || compareText(value, high.value) <= (high.inclusive ? 0 : -1);
}

/** By code points, which is the order of their UTF-8 bytes: -1, 0, 1. */
function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(left.length - right.length);
}

/** The text of a field of a record; '' where it has none. Attributes come before resources of the same name. */
export function fieldText(record: LogRecord, field: string): string {
  switch (fieldKind(field)) {
    case 'message':
      return bodyText(record.body);
    case 'host':
      return record.host;
    case 'service':
      return record.service;
    case 'source':
      return record.source;
    case 'trace':
      return record.traceId;
    case 'span':
      return record.spanId;
    case 'severity':
      return levelOf(record.severity);
    case 'time':
      return new Date(record.t).toISOString();
    case 'pattern':
      return record.pattern ?? '';
    case 'any':
      return valueIn(record.attributes, field) || valueIn(record.resource, field);
  }
}

function valueIn(fields: LogFields, name: string): string {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? '';
  return '';
}

const bodyText = (body: Uint8Array | string): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);
