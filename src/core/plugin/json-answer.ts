import { isJsonObject, parseJson } from '../log-fields/parse-json.ts';
import { CollectError } from './collect-error.ts';
import type { CollectedValue } from './collector.ts';

/** An object of JSON, unchecked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A figure: where it stands in an object (`message_stats.publish`), its metric, labels on top, factor to the base unit. */
export type JsonFigure<Metric extends string> = readonly [
  path: string,
  metric: Metric,
  labels?: Readonly<Record<string, string>>,
  factor?: number,
];

const SHOWN = 60;

/** The object of an answer. Throws `protocol` for another text; `what` says what it should be. */
export function jsonAnswer(text: string, what: string): JsonObject {
  const answer = parseJson(text);
  if (isJsonObject(answer)) return answer;
  throw notJson(text, what);
}

/** The objects of an answer that is a list. Throws `protocol` for another text. */
export function jsonList(text: string, what: string): readonly JsonObject[] {
  const answer = parseJson(text);
  if (Array.isArray(answer)) return answer.filter(isJsonObject);
  throw notJson(text, what);
}

/** What stands at a path of an object (`a.b.c`); undefined where there is nothing. */
export function jsonAt(object: JsonObject, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isJsonObject(at) ? at[name] : undefined), object);
}

/** The text at a path; '' where there is none. */
export function jsonText(object: JsonObject, path: string): string {
  const text = jsonAt(object, path);
  return typeof text === 'string' ? text : '';
}

/** The objects in a list at a path. */
export function jsonItems(object: JsonObject, path: string): readonly JsonObject[] {
  const list = jsonAt(object, path);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** The values that an object has of a table of figures; what is no number is left out. */
export function jsonFigures<Metric extends string>(
  object: JsonObject,
  figures: readonly JsonFigure<Metric>[],
  labels: Readonly<Record<string, string>> = {},
): CollectedValue[] {
  return figures.flatMap(([path, metric, more = {}, factor = 1]) => {
    const value = numberOf(jsonAt(object, path));
    return value === undefined ? [] : [{ metric, labels: { ...labels, ...more }, value: value * factor }];
  });
}

/** Numbers, truths as 1 and 0, and numbers beyond 2^53, which come as their digits. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  return isNumber ? Number(value) : undefined;
}

function notJson(text: string, what: string): CollectError {
  return new CollectError('protocol', `this is no ${what}; it begins with ${JSON.stringify(text.slice(0, SHOWN))}`);
}
