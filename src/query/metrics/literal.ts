const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\0': '\\0' };

/** A text as a string literal of the engine's SQL. */
export function textLiteral(text: string): string {
  return `'${text.replace(/[\\'\0]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** `(family, id)` pairs for an `IN`. Both are numbers of ours, so they stand in the text as they are. */
export function pairsLiteral(refs: readonly { readonly family: number; readonly id: bigint }[]): string {
  return refs.map(({ family, id }) => `(${family},${id})`).join(',');
}
