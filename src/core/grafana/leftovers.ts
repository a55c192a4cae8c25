import { isObject, type JsonReader } from './json-reader.ts';

/** A field that nobody read. */
export type Leftover = { readonly path: string; readonly value: string };

/**
 * Fields that may be left out without a word, by pattern: `*` is one name, `**` the rest, `=json` only with that value.
 */
export type IgnoredFields = (path: readonly string[], value: unknown) => boolean;

const SHOWN = 80;
const MAX_DEPTH = 40;

/** Every value of the source that nobody read, that is not empty, and that is not ignored; in the source's order. */
export function leftovers(reader: JsonReader, isIgnored: IgnoredFields): Leftover[] {
  const found: Leftover[] = [];
  visit(reader.value, [], 0);
  return found;

  function visit(value: unknown, path: readonly string[], depth: number): void {
    const name = path.join('.');
    if (isEmpty(value) || reader.isTaken(name) || isIgnored(path, value)) return;
    if (depth < MAX_DEPTH && (Array.isArray(value) || isObject(value))) {
      for (const [key, part] of Object.entries(value)) visit(part, [...path, key], depth + 1);
    } else {
      found.push({ path: name, value: shown(value) });
    }
  }
}

/** Reads patterns once. */
export function ignoredFields(patterns: readonly string[]): IgnoredFields {
  const rules = patterns.map((pattern) => {
    const [, path = '', wanted] = /^([^=]*)(?:=(.*))?$/.exec(pattern) ?? [];
    return { names: path.split('.'), wanted };
  });
  return (path, value) =>
    rules.some(
      ({ names, wanted }) => matches(names, path) && (wanted === undefined || wanted === JSON.stringify(value)),
    );
}

function matches(names: readonly string[], path: readonly string[]): boolean {
  if (names.at(-1) === '**') {
    return path.length >= names.length - 1 && matches(names.slice(0, -1), path.slice(0, names.length - 1));
  }
  return names.length === path.length && names.every((name, index) => name === '*' || name === path[index]);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
