import { RE2JS } from 're2js';

/** Characters: compiling takes time that grows with them. Lists of plain words are not compiled. */
const MAX_PATTERN = 16_384;
/** Words with `|` between them; a dot is any character, as in most lists of hosts. */
const WORDS = /^[\w .:/@=-]*(?:\|[\w .:/@=-]*)*$/;

/** What is known of a regular expression of a matcher, or what is wrong with it. */
export type RegexFacts = { readonly matchesEmpty: boolean } | { readonly problem: string };

/** Reads a pattern of `=~` and `!~`: RE2, anchored at both ends. */
export function readPattern(pattern: string): RegexFacts {
  if (WORDS.test(pattern)) return { matchesEmpty: pattern.split('|').includes('') };
  if (pattern.length > MAX_PATTERN) {
    return { problem: `regular expression is longer than ${MAX_PATTERN} characters` };
  }
  try {
    return { matchesEmpty: RE2JS.compile(`^(?s:${pattern})$`).matcher('').matches() };
  } catch {
    return { problem: `error parsing regexp: ${JSON.stringify(pattern)}` };
  }
}
