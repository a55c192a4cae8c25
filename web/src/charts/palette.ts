import type { Colour, SeriesLook } from '#core/api/panel-display.ts';

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

/** Dashes of what is shown of an earlier time, and of what is to be dashed. */
const BEFORE: readonly number[] = [4, 4];
const DASHED: readonly number[] = [8, 4];

type Styled = { readonly key: string; readonly before?: string; readonly look?: SeriesLook };

/** A style with the colour that is drawn: chosen for the series, else of the palette. */
export type SeriesStyle = { readonly colour: Colour; readonly dash: readonly number[] };

/** Styles of series: one of an earlier time has the colour of the same series now, and dashes. */
export function stylesOf(series: readonly Styled[]): SeriesStyle[] {
  const own = new Map(series.map(({ key, look }) => [key, look?.colour]));
  return paletteStyles(series).map(({ colour, dash }, index) => {
    const { key = '', before, look } = series[index] ?? {};
    const chosen = own.get(before ?? key);
    const ownDash = look?.dashed === true ? DASHED : chosen !== undefined || look?.dashed === false ? [] : dash;
    return { colour: chosen ?? `series-${colour + 1}`, dash: before === undefined ? ownDash : dash };
  });
}

/** A colour for a style sheet. */
export function cssColour(colour: Colour): string {
  if (colour.startsWith('#')) return colour;
  return colour.startsWith('series-') ? `var(--${colour})` : `var(--status-${colour})`;
}

function paletteStyles(series: readonly Styled[]): LineStyle[] {
  const now = series.filter(({ before }) => before === undefined).map(({ key }) => key);
  const styles = new Map(assignStyles(now).map((style, index) => [now[index] ?? '', style]));
  return series.map(({ key, before }) => {
    if (before === undefined) return styles.get(key) ?? { colour: 0, dash: [] };
    return { colour: (styles.get(before) ?? assignStyles([before])[0])?.colour ?? 0, dash: BEFORE };
  });
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (h ^ (h >>> 15)) >>> 0;
}
