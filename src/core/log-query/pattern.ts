import { RE2JS } from 're2js';
import { messageOf } from '../errors.ts';
import { LogQuerySyntaxError } from './syntax-error.ts';

/** Compiles an RE2 expression as the engine does: `.` is any character. Throws `bad_query` at the position. */
export function requireRegex(pattern: string, position = 0): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    throw new LogQuerySyntaxError(`'${pattern}' is no RE2 expression: ${messageOf(error)}`, position);
  }
}

/** RE2 expression that finds one of the characters as it is. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

const pieces = (pattern: string): RegExpMatchArray[] => [...pattern.matchAll(/\\([*?\\])|[*?]|[^*?\\]+|\\/gs)];

/** The expression of a wildcard for a whole value. */
export function wildcardRegex(pattern: string): string {
  const source = pieces(pattern).map(([piece, escaped]) => {
    if (escaped !== undefined) return quoteRegex(escaped);
    if (piece === '*') return '.*';
    return piece === '?' ? '.' : quoteRegex(piece);
  });
  return `^${source.join('')}$`;
}

/**
 * The expression of a wildcard in a message, in any case: a word, or a run of them without a space, that begins and ends
 * where words do, but where the pattern begins or ends with `*`.
 */
export function messageWildcardRegex(pattern: string): string {
  const found = pieces(pattern);
  const source = found.map(([piece, escaped]) => {
    if (escaped !== undefined) return quoteRegex(escaped);
    if (piece === '*') return '\\S*';
    return piece === '?' ? '\\S' : quoteRegex(piece);
  });
  const before = found[0]?.[0] === '*' ? '' : '(?:^|[^0-9A-Za-z])';
  const after = found.at(-1)?.[0] === '*' ? '' : '(?:$|[^0-9A-Za-z])';
  return `(?i)${before}${source.join('')}${after}`;
}
