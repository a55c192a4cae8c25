const HIDDEN = '[hidden]';

/** Cuts secrets out of texts. What was resolved for a target is remembered by it, in the spellings in which it is sent. */
export type Redactor = {
  readonly learn: (secret: string) => void;
  readonly redact: (text: string) => string;
};

/** A shorter text would be found in everything. */
const SHORTEST = 3;

export function createRedactor(): Redactor {
  const known = new Set<string>();
  return {
    learn: (secret) => {
      if (secret.length < SHORTEST) return;
      const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      for (const spelling of spellings) known.add(spelling);
    },
    redact: (text) => {
      const withoutLogins = text.replace(/(:\/\/)[^/@\s]+@/g, `$1${HIDDEN}@`);
      const longestFirst = [...known].sort((a, b) => b.length - a.length);
      return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), withoutLogins);
    },
  };
}
