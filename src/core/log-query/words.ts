/**
 * How messages are cut into words, the same as the engine's index of them: runs of ASCII letters and digits and of all
 * other characters beyond ASCII; only ASCII letters are lowered.
 */
const WORD = /[0-9A-Za-z\u0080-\u{10ffff}]+/gu;
const isWordCharacter = (code: number): boolean =>
  code >= 0x80 || (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** ASCII letters in lower case, all else as it is. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The different words of a text, in lower case. */
export function wordsOf(text: string): string[] {
  return [...new Set(lowerAscii(text).match(WORD) ?? [])];
}

/** Whether a text in lower case holds a word as a word. */
export function hasWord(lowered: string, word: string): boolean {
  for (let at = lowered.indexOf(word); at >= 0; at = lowered.indexOf(word, at + 1)) {
    const before = at === 0 || !isWordCharacter(lowered.charCodeAt(at - 1));
    const end = at + word.length;
    if (before && (end === lowered.length || !isWordCharacter(lowered.charCodeAt(end)))) return true;
  }
  return false;
}

/** What a message must hold to match a free text: these words, and the text itself unless it is one word. */
export function messageNeeds(text: string): { readonly words: readonly string[]; readonly phrase?: string } {
  const words = wordsOf(text);
  const phrase = lowerAscii(text);
  return words.length === 1 && words[0] === phrase ? { words } : { words, ...(phrase === '' ? {} : { phrase }) };
}
