import { AppError } from '#core/errors.ts';

/** Reads the fields of a query string, form or JSON body; a field may be repeated. */
export class FormFields {
  readonly #fields: ReadonlyMap<string, readonly string[]>;

  constructor(body: unknown) {
    const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
    this.#fields = new Map(entries.map(([name, value]) => [name, textsOf(value)]));
  }

  /** All values of a field, in order. */
  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }

  /** The last value of a field, as Django takes it. */
  one(name: string): string | undefined {
    return this.all(name).at(-1);
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** True unless the field is missing, empty or 0. */
  flag(name: string): boolean {
    return !['', '0', 'false', undefined].includes(this.one(name)?.toLowerCase());
  }

  names(): readonly string[] {
    return [...this.#fields.keys()];
  }

  /** A whole number; throws `bad_request` for anything else. */
  integer(name: string, otherwise: number): number {
    const text = this.one(name);
    if (text === undefined) return otherwise;
    if (!/^-?\d+$/.test(text)) throw new AppError('bad_request', `Invalid int value '${text}' for param ${name}`);
    return Number(text);
  }
}

function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((item) => item !== null && item !== undefined && typeof item !== 'object').map(String);
}
