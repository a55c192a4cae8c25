import { type Options, hash, verify } from '@node-rs/argon2';
import { newSecret } from './secret.ts';

/** argon2id is the library's default algorithm; 19 MiB, 2 passes, 1 lane (OWASP password storage). */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Without a stored hash (unknown user) the same work is done in vain, so that the time tells nothing. */
  readonly matches: (stored: string | undefined, password: string) => Promise<boolean>;
};

/** The password hash of the product. */
export function createPasswords(): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, COST),
    matches: async (stored, password) => {
      // Made on the first use for known and unknown users alike.
      decoy ??= hash(newSecret(), COST);
      const against = stored ?? (await decoy);
      const isRight = await verify(against, password);
      return stored !== undefined && isRight;
    },
  };
}
