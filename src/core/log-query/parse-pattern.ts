import { quoteRegex } from './pattern.ts';

const NAME = /<([A-Za-z_][\w.]*|_)>/g;

/** The fields that a pattern of the pipe `parse` names, in their order; `<_>` is skipped. */
export function patternNames(pattern: string): string[] {
  return [...pattern.matchAll(NAME)].map(([, name = '']) => name).filter((name) => name !== '_');
}

/** The RE2 expression of a pattern: `user=<user> took <ms>ms`; the last field, at the end, takes the rest of the line. */
export function patternRegex(pattern: string): string {
  let source = '';
  let at = 0;
  for (const found of pattern.matchAll(NAME)) {
    const end = found.index + found[0].length;
    const group = end === pattern.length ? '([^\\n]*)' : '([^\\n]*?)';
    source += quoteRegex(pattern.slice(at, found.index)) + (found[1] === '_' ? group.replace('(', '(?:') : group);
    at = end;
  }
  return source + quoteRegex(pattern.slice(at));
}
