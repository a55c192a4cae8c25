import { printFieldName } from '../log-query/quote.ts';
import { isObject, type JsonReader } from './json-reader.ts';
import { convertLogTarget } from './log-target.ts';

const MOST = 1_000;
const LABEL_VALUES = /^label_values\s*\(\s*(?:([\s\S]+),)?\s*([a-zA-Z_][\w.@-]*)\s*\)$/;

/**
 * A variable of Loki (`label_values({a="b"}, label)`, or its form) or Elasticsearch (`{"find":"terms","field":"host"}`) as
 * a log query whose first column is offered; undefined for any other.
 */
export function logVariable(source: JsonReader, text: string): string | undefined {
  const query = source.at('query').value;
  const form = isObject(query) ? query : readJson(text);
  const [, selector, label] = LABEL_VALUES.exec(text) ?? [];
  const field = label ?? textOf(form['field'] ?? form['label']);
  if (field === undefined) return undefined;
  const stream = selector ?? textOf(form['stream']);
  const narrowed = stream === undefined ? { text: textOf(form['query']) ?? '' } : convertLogTarget({ expr: stream });
  if (!('text' in narrowed)) return undefined;
  const isCall = LABEL_VALUES.test(narrowed.text);
  return `${isCall ? '' : narrowed.text} | top ${MOST} ${printFieldName(field.replace(/\.keyword$/, ''))}`.trim();
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{"')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    // A selector of Loki may begin like this, too: it names no field.
    return {};
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
