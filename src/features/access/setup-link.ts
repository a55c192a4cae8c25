import { timingSafeEqual } from 'node:crypto';
import { hashSecret, newSecret } from './secret.ts';

/** The one-time secret that lets the first user in; only its hash is kept, and only in memory. */
export type SetupLink = {
  /** A new secret; an earlier one is void. */
  readonly issue: () => string;
  readonly matches: (secret: string) => boolean;
  /** Makes the secret void. */
  readonly close: () => void;
};

/** A link that nothing matches until it is issued. */
export function createSetupLink(): SetupLink {
  let issued: string | undefined;
  return {
    issue: () => {
      const secret = newSecret();
      issued = hashSecret(secret);
      return secret;
    },
    matches: (secret) => issued !== undefined && timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(issued)),
    close: () => {
      issued = undefined;
    },
  };
}
