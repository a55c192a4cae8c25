/**
 * All that free words are looked for in, in lower case: the message and the values of all fields. The indexes lower by this
 * expression, not by themselves: parts without an index are then searched with the same meaning.
 */
export const LOG_WORDS = `lower(concat(body, '\\n', arrayStringConcat(mapValues(attrs), '\\n'), '\\n',
  arrayStringConcat(mapValues(resource), '\\n')))`;

/**
 * Marks of pieces of ids. Characters for private use: they belong to words. Between the steps, `SUSPECT` stands before words with
 * many digits.
 */
const [LAST, BEFORE_LAST, SUSPECT] = ['\u{e000}', '\u{e001}', '\u{e002}'] as const;
const MANY_DIGITS = '(?:[a-z]*[0-9]){4}[a-z0-9]*';
/** A word that is made for one thing, as ids of requests are: many digits, and eight characters at least. */
const ID = `${SUSPECT}[a-z0-9]{2,}([a-z0-9]{3})([a-z0-9]{3})`;

/**
 * What the text index holds the words of: the text of {@link LOG_WORDS} with each id cut down to its last three characters and the
 * three before them (docs/adr/019). Nearly every line has an id of its own: whole ones would be most of the index. Both pieces
 * together leave one of some millions. Written without functions of elements (`x -> …`): where the engine answers from the index, it
 * makes the expression anew for parts that do not have it, and cannot do so with those.
 */
export const LOG_TERMS = `replaceAll(replaceRegexpAll(replaceRegexpAll(${LOG_WORDS},
  '${MANY_DIGITS}', '${SUSPECT}\\\\0'), '${ID}', '${BEFORE_LAST}\\\\1 ${LAST}\\\\2'), '${SUSPECT}', '')`;

const MANY_DIGITS_PATTERN = new RegExp(MANY_DIGITS, 'g');
const ID_PATTERN = new RegExp(ID, 'g');

/** The words that {@link LOG_TERMS} has in the place of a word in lower case. */
export function termsOf(word: string): readonly string[] {
  return word
    .replace(MANY_DIGITS_PATTERN, `${SUSPECT}$&`)
    .replace(ID_PATTERN, `${BEFORE_LAST}$1 ${LAST}$2`)
    .replaceAll(SUSPECT, '')
    .split(' ')
    .filter((term) => term !== '');
}

/** Whether a word in lower case is one of those that are made for one thing. */
export function isIdWord(word: string): boolean {
  return termsOf(word).length > 1;
}

/** Whether lines that have the terms of a word in lower case need not have the word. */
export function isAmbiguous(word: string): boolean {
  return isIdWord(word) || [LAST, BEFORE_LAST, SUSPECT].some((mark) => word.includes(mark));
}
