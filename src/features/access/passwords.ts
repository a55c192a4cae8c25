import { hash, type Options, verify } from '@node-rs/argon2';
import { newSecret } from './secret.ts';

/** argon2id is the library's default algorithm; 19 MiB, 2 passes, 1 lane (OWASP password storage). */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Without a stored hash (unknown user) the same work is done in vain, so that the time tells nothing. */
  readonly matches: (stored: string | undefined, password: string) => Promise<boolean>;
};

/** What does the work; tests count it. */
export type Argon2 = { readonly hash: typeof hash; readonly verify: typeof verify };

/** The password hash of the product. */
export function createPasswords({ hash: make, verify: compare }: Argon2 = { hash, verify }): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => make(password, COST),
    matches: async (stored, password) => {
      // Made on the first use for known and unknown users alike.
      decoy ??= make(newSecret(), COST);
      const against = stored ?? (await decoy);
      const isRight = await compare(against, password);
      return stored !== undefined && isRight;
    },
  };
}
