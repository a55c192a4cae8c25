type Source = { readonly source?: string };
type Parse = (text: string, reviver?: (key: string, value: unknown, context: Source) => unknown) => unknown;

const LONG_NUMBER = /\d{16}/;
const parse = JSON.parse as Parse;

/**
 * A text of JSON; whole numbers that a double does not hold become their digits as text, as ids and nanoseconds are.
 * Undefined: it is none.
 */
export function parseJson(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? parse(text, (_, value, { source }) => exact(value, source)) : parse(text);
  } catch {
    return undefined;
  }
}

function exact(value: unknown, source: string | undefined): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** An object of JSON that is no list. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
