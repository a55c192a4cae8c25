/** FNV-1a with 32 bits. */
export const SEED = 0x811c9dc5 | 0;
export const PRIME = 0x01000193;

/** The hashes of some texts, as {@link LineShape} makes them of the bytes of a word. */
export function hashesOf(texts: readonly string[]): ReadonlySet<number> {
  return new Set(texts.map((text) => hashText(text)));
}

/** The hash of a text. */
export function hashText(text: string, seed: number = SEED): number {
  let hash = seed;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, PRIME);
  return hash;
}
