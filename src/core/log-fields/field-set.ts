import type { LogFields } from '#core/model/log-record.ts';

/** Values may hold values: what lies deeper stays JSON. */
const MAX_DEPTH = 32;
/** More fields than the store keeps of a record; those beyond it are left out here already. */
const MAX_FIELDS = 2_000;

/** Gathers the fields of a record by name: the last value of a name stands. */
export class FieldSet {
  readonly #fields = new Map<string, string>();

  /** Empty names and values are no fields. */
  set(name: string, value: string): void {
    if (name === '' || value === '') return;
    if (this.#fields.size < MAX_FIELDS || this.#fields.has(name)) this.#fields.set(name, value);
  }

  /** Takes a value of JSON: objects give dotted names, lists of scalars and the like their JSON, null is none. */
  setJson(name: string, value: unknown, depth = 0): void {
    if (typeof value !== 'object' || value === null) this.set(name, textOfJson(value));
    else if (Array.isArray(value) || depth >= MAX_DEPTH) this.set(name, jsonOf(value));
    else {
      for (const [key, inner] of Object.entries(value)) {
        this.setJson(name === '' ? key : `${name}.${key}`, inner, depth + 1);
      }
    }
  }

  /** Removes a field; the first of these names that is there, or ''. */
  take(...names: readonly string[]): string {
    for (const name of names) {
      const value = this.#fields.get(name);
      if (value === undefined) continue;
      this.#fields.delete(name);
      return value;
    }
    return '';
  }

  /** The value of a field, or ''. */
  get(name: string): string {
    return this.#fields.get(name) ?? '';
  }

  /** Names and values in turn. */
  toFields(): LogFields {
    return [...this.#fields].flat();
  }
}

/** A value of JSON as text: texts as they are, null and nothing as '', all else as JSON. */
export function textOfJson(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : jsonOf(value);
}

/** Parsing has no limit of depth, writing has that of the stack. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '(nested too deeply)';
    throw error;
  }
}
