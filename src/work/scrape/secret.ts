import { z } from 'zod';

/** A secret of the configuration: shown and logged as `[hidden]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself: only for the request that needs it. */
  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return '[hidden]';
  }

  toString(): string {
    return '[hidden]';
  }
}

/** A config value that is a secret. */
export const SecretText = z.string().transform((value) => new Secret(value));
