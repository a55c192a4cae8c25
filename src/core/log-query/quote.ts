const BARE_FIELD = /^[A-Za-z_@$][\w.@$/-]*$/;
const BARE_WORD = /^[\w.@$][\w.@$-]*$/;
/** Words that mean something to the language where they stand alone. */
export const LOG_KEYWORD = /^(?:AND|OR|NOT|TO|and|or|not|by|as|asc|desc|from)$/;

/** A text in the double quotes of the language. */
export function quoteLogText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A field's name as it stands before a colon. */
export function printFieldName(name: string): string {
  return BARE_FIELD.test(name) ? name : quoteLogText(name);
}

/** A word or text as it stands alone or behind a colon. */
export const printLogWord = (text: string): string =>
  BARE_WORD.test(text) && !LOG_KEYWORD.test(text) ? text : quoteLogText(text);
