/** What a byte of a line is, as far as patterns go. */
export const CLASS = { other: 0, space: 1, letter: 2, hexLetter: 3, digit: 4, joiner: 5, quote: 6 } as const;

/** Classes of word characters lie between these. */
export const FIRST_WORD = CLASS.letter;
export const LAST_WORD = CLASS.digit;

/** Between two variable pieces, these are part of them: dates, addresses, ids, lists of numbers. */
const JOINERS = '.:-/_,+~';

/** Classes by byte; what is beyond ASCII counts as letters. */
export const CLASSES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));

function classOf(byte: number): number {
  if (byte >= 0x80) return CLASS.letter;
  if (byte <= 0x20 || byte === 0x7f) return CLASS.space;
  const char = String.fromCharCode(byte);
  if (/[0-9]/.test(char)) return CLASS.digit;
  if (/[a-f]/i.test(char)) return CLASS.hexLetter;
  if (/[a-z]/i.test(char)) return CLASS.letter;
  if (JOINERS.includes(char)) return CLASS.joiner;
  return char === '"' || char === "'" ? CLASS.quote : CLASS.other;
}
