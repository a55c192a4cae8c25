import { ElasticFault } from './fault.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A part of a request that must be an object. */
export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new ElasticFault('parsing_exception', `[${what}] must be an object`);
}

/** A value, or a list of them. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** A text, number or boolean as text. */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ElasticFault('parsing_exception', `[${what}] must be a text or a number`);
}

/** A whole number within limits. */
export function wholeOf(value: unknown, what: string, limits: { fallback: number; max: number }): number {
  if (value === undefined) return limits.fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= limits.max) return number;
  throw new ElasticFault('illegal_argument_exception', `[${what}] must be a whole number from 0 to ${limits.max}`);
}

/** The one entry of an object, such as `{"term": {…}}`. */
export function onlyEntry(value: unknown, what: string): readonly [name: string, value: unknown] {
  const [entry, more] = Object.entries(objectOf(value, what));
  if (entry !== undefined && more === undefined) return entry;
  throw new ElasticFault('parsing_exception', `[${what}] must have exactly one entry`);
}
