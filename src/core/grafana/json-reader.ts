/** An object of a JSON file. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object without some of its fields. */
export function without(object: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}

/** Any JSON value as a text: what is no text is written as JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/**
 * Reads a JSON value by paths (`fieldConfig.defaults.unit`) and remembers what was read, so that what nobody read can be
 * listed. Nothing throws: a value of another type is absent, and counts as not read.
 */
export class JsonReader {
  readonly value: unknown;
  readonly path: string;
  readonly #taken: Set<string>;

  constructor(value: unknown, path = '', taken: Set<string> = new Set()) {
    this.value = value;
    this.path = path;
    this.#taken = taken;
  }

  /** The reader of a part; its value may be absent. */
  at(path: string): JsonReader {
    let { value } = this;
    for (const key of path.split('.')) {
      value = Array.isArray(value) || isObject(value) ? own(value, key) : undefined;
    }
    return new JsonReader(value, this.path === '' ? path : `${this.path}.${path}`, this.#taken);
  }

  /** The readers of a list's items. */
  items(path: string): readonly JsonReader[] {
    const list = this.at(path);
    return Array.isArray(list.value) ? list.value.map((_, index) => list.at(String(index))) : [];
  }

  /** The value itself, whole. */
  take(): unknown {
    this.#taken.add(this.path);
    return this.value;
  }

  text(path: string): string | undefined {
    const part = this.at(path);
    return typeof part.value === 'string' ? (part.take() as string) : undefined;
  }

  /** A number, also one written as text. */
  number(path: string): number | undefined {
    const part = this.at(path);
    const { value } = part;
    const isWritten = typeof value === 'string' && /^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(value);
    const number = typeof value === 'number' ? value : isWritten ? Number(value) : Number.NaN;
    if (!Number.isFinite(number)) return undefined;
    part.take();
    return number;
  }

  flag(path: string): boolean | undefined {
    const part = this.at(path);
    return typeof part.value === 'boolean' ? (part.take() as boolean) : undefined;
  }

  /** Says that parts are dealt with, whatever they hold. */
  skip(...paths: readonly string[]): void {
    for (const path of paths) this.at(path).take();
  }

  has(path: string): boolean {
    const { value } = this.at(path);
    return value !== undefined && value !== null;
  }

  isTaken(path: string): boolean {
    return this.#taken.has(path);
  }
}

function own(value: JsonObject | readonly unknown[], key: string): unknown {
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}
