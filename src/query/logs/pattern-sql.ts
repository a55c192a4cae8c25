/** What texts of queries say of patterns, and which patterns count for others. Ids are 16 hex digits. */
export type PatternNames = {
  /** The ids that a text stands for: an id with what has become a part of it, a name, `muted`, `pinned`. */
  readonly idsOf: (text: string) => readonly string[];
  /** Ids of patterns that have become a part of others, with what they are now. */
  readonly merged: () => ReadonlyMap<string, string>;
};

/** Patterns of which nothing but their ids is known. */
export const NO_PATTERN_NAMES: PatternNames = {
  idsOf: (text) => (/^[0-9a-f]{16}$/.test(text) ? [text] : []),
  merged: () => new Map(),
};

const literal = (id: string): string => `toUInt64(${BigInt(`0x${id}`)})`;

/** The id of a row's pattern as 16 hex digits; '' where it has none. */
export function patternText({ merged }: PatternNames): string {
  return hexText(patternNumber(merged()));
}

/** The id of a row's pattern as a number, those that have become a part of others as what they are now. */
export function patternNumber(merged: ReadonlyMap<string, string>): string {
  if (merged.size === 0) return 'pattern';
  const [from, to] = [[...merged.keys()], [...merged.values()]];
  return `transform(toUInt64(pattern), [${from.map(literal).join(',')}], [${to.map(literal).join(',')}], toUInt64(pattern))`;
}

/** A number of a pattern as text. */
export const hexText = (number: string): string => `if(${number} = 0, '', leftPad(lower(hex(${number})), 16, '0'))`;

/** Rows whose pattern is what the text says. */
export function patternIs(text: string, { idsOf }: PatternNames): string {
  if (text === '') return 'pattern = 0';
  const ids = idsOf(text);
  return ids.length === 0 ? '0' : `pattern IN (${ids.map(literal).join(',')})`;
}
