/** An attribute, its value as text. */
export type Attribute = readonly [key: string, value: string];

/** A value of an attribute, decoded. */
export type AnyValue = string | number | bigint | boolean | undefined | readonly AnyValue[] | AnyValueMap;
export type AnyValueMap = { readonly [key: string]: AnyValue };

/** Values may hold values: more levels than this are hostile. */
export const MAX_ANY_VALUE_DEPTH = 16;

/** The text of a value: as it is, decimal, `true`, or JSON for lists and maps (bytes come as base64). */
export function textOfAnyValue(value: AnyValue): string {
  if (value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value, (_, inner: unknown) => plain(inner));
  return String(value);
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
