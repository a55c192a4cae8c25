/** Number of `--series-N` tokens. */
export const PALETTE_SIZE = 8;

/** How a line is told apart: a palette token (0..7) and, beyond eight lines, a dash pattern. */
export type LineStyle = { readonly colour: number; readonly dash: readonly number[] };

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

/**
 * Styles of series by their keys. The colour is a hash of the key, so that one thing has one colour on every page; a
 * taken colour steps on to the next free one. After eight the colours start anew with another dash pattern.
 */
export function assignStyles(keys: readonly string[]): LineStyle[] {
  let taken = new Set<number>();
  return keys.map((key, index) => {
    if (index % PALETTE_SIZE === 0) taken = new Set();
    let colour = hash(key) % PALETTE_SIZE;
    while (taken.has(colour)) colour = (colour + 1) % PALETTE_SIZE;
    taken.add(colour);
    return { colour, dash: DASHES[Math.floor(index / PALETTE_SIZE) % DASHES.length] ?? [] };
  });
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (h ^ (h >>> 15)) >>> 0;
}
