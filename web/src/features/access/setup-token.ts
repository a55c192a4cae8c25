/** The one-time token in an address like `/#t=abc`; undefined when there is none. */
export function tokenOfHash(hash: string): string | undefined {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('t');
  return token === null || token === '' ? undefined : token;
}
