/**
 * All that free words are looked for in, in lower case: the message and the values of all fields. The indexes lower by this
 * expression, not by themselves: parts without an index are then searched with the same meaning.
 */
export const LOG_WORDS = `lower(concat(body, '\\n', arrayStringConcat(mapValues(attrs), '\\n'), '\\n',
  arrayStringConcat(mapValues(resource), '\\n')))`;

/** Words that are made for one thing, as ids of requests are: long, and with many digits. */
const MIN_ID_LENGTH = 8;
const ID = '^(?:[a-z]*[0-9]){4}[a-z0-9]*$';
const ID_PATTERN = new RegExp(ID);
const IS_ID = `length(w) >= ${MIN_ID_LENGTH} AND match(w, '${ID}')`;
/** Not written as NOT of the whole: the engine writes that anew in statements, and no longer knows the index's expression. */
const IS_NO_ID = `length(w) < ${MIN_ID_LENGTH} OR NOT match(w, '${ID}')`;
/**
 * Marks of pieces of ids. Characters for private use: parts without the index are searched as if all terms were texts that are
 * cut into words once more, and these belong to words.
 */
const [LAST, BEFORE_LAST] = ['\u{e000}', '\u{e001}'] as const;
const WORDS = `tokens(${LOG_WORDS})`;
const IDS = `arrayFilter(w -> ${IS_ID}, ${WORDS})`;

/**
 * What the text index holds: each word as it is, an id as its last three characters and the three before them (docs/adr/019).
 * Nearly every line has an id of its own: whole ones would be most of the index. Both pieces together leave one of some
 * millions.
 */
export const LOG_TERMS = `arrayConcat(arrayFilter(w -> ${IS_NO_ID}, ${WORDS}),
  arrayMap(w -> concat('${LAST}', right(w, 3)), ${IDS}), arrayMap(w -> concat('${BEFORE_LAST}', substring(w, -6, 3)), ${IDS}))`;

/** Whether a word in lower case is one of those that are made for one thing. */
export function isIdWord(word: string): boolean {
  return word.length >= MIN_ID_LENGTH && ID_PATTERN.test(word);
}

/** Whether lines that have the terms of a word in lower case need not have the word. */
export function isAmbiguous(word: string): boolean {
  return isIdWord(word) || word.startsWith(LAST) || word.startsWith(BEFORE_LAST);
}

/** What {@link LOG_TERMS} holds of a word in lower case. */
export function termsOf(word: string): readonly string[] {
  return isIdWord(word) ? [`${LAST}${word.slice(-3)}`, `${BEFORE_LAST}${word.slice(-6, -3)}`] : [word];
}
