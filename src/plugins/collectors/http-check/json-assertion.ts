type Scalar = string | number | boolean | null;
type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A path into JSON that must lead somewhere, and what the value there must be. */
export type JsonAssertion = {
  readonly path: readonly (string | number)[];
  readonly compare?: { readonly operator: Operator; readonly value: Scalar };
};

const ASSERTION = /^\s*\$((?:\.[\w-]+|\[-?\d+\]|\['[^']*'\]|\["[^"]*"\])*)\s*(?:(==|!=|<=|>=|<|>)\s*(.+?))?\s*$/;
const STEP = /\.([\w-]+)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g;

/** `$.a['b'][0]`, alone or compared with a JSON scalar; a negative index counts from the end. Throws for another text. */
export function parseJsonAssertion(text: string): JsonAssertion {
  const [matched, steps = '', operator, literal = ''] = ASSERTION.exec(text) ?? [];
  if (matched === undefined) throw new Error(`${text} is no path and no comparison`);
  const path = [...steps.matchAll(STEP)].map(([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? '') : Number(index),
  );
  if (operator === undefined) return { path };
  const value: unknown = JSON.parse(literal);
  if (typeof value === 'object' && value !== null) throw new Error(`${literal} is no single value`);
  return { path, compare: { operator: operator as Operator, value: value as Scalar } };
}

/** True when it holds in a parsed document; only numbers are greater or less than numbers, texts than texts. */
export function holdsIn(document: unknown, { path, compare }: JsonAssertion): boolean {
  const value = path.reduce(step, document);
  if (compare === undefined) return value !== undefined;
  const { operator, value: wanted } = compare;
  if (operator === '==') return value === wanted;
  if (operator === '!=') return value !== undefined && value !== wanted;
  const order = orderOf(value, wanted);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function step(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    if (key === 'length') return value.length;
    return typeof key === 'number' ? value.at(key) : undefined;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** NaN, which compares as false, for what has no order. */
function orderOf(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN;
  return a < b ? -1 : Number(a > b);
}
