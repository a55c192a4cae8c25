import type { Reducer } from '#core/api/panel-display.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { oneOf } from './name-patterns.ts';

const REDUCERS: Readonly<Record<string, Reducer>> = {
  last: 'last',
  lastNotNull: 'last',
  first: 'first',
  firstNotNull: 'first',
  mean: 'avg',
  min: 'min',
  max: 'max',
  sum: 'sum',
  total: 'sum',
  count: 'count',
};

/** Our figure of a reducer; undefined for those that we do not have. */
export function reducerOf(id: unknown): Reducer | undefined {
  return typeof id === 'string' && Object.hasOwn(REDUCERS, id) ? REDUCERS[id] : undefined;
}

/** The keys of an object whose values are true. */
export function chosenKeys(options: JsonReader, path: string): string[] {
  const { value } = options.at(path);
  return isObject(value) ? Object.keys(value).filter((key) => value[key] === true) : [];
}

/** Texts of an object, by key. */
export function textsOf(options: JsonReader, path: string): [key: string, text: string][] {
  const { value } = options.at(path);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, text]): [string, string][] =>
    typeof text === 'string' && text !== '' ? [[key, text]] : [],
  );
}

/** The strings of a list. */
export function listOf(options: JsonReader, path: string): string[] {
  const { value } = options.at(path);
  return Array.isArray(value) ? value.map(asText) : [];
}

/** What names by a list or a pattern: `{names: [...], pattern: "..."}`; undefined when it names nothing. */
export function nameChoice(options: JsonReader, path: string, column: (name: string) => string): string | undefined {
  const names = listOf(options, `${path}.names`).map(column);
  const pattern = options.at(path).text('pattern') ?? '';
  const [, body = pattern, flags = ''] = /^\/(.*)\/([imsu]*)$/s.exec(pattern) ?? [];
  const parts = [...(names.length === 0 ? [] : [`^${oneOf(names)}$`]), ...(pattern === '' ? [] : [body])];
  if (parts.length === 0) return undefined;
  const joined = parts.length === 1 ? (parts[0] ?? '') : `(?:${parts.join('|')})`;
  return flags === '' ? joined : `/${joined}/${flags}`;
}
