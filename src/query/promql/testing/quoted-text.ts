import { unquote } from '#query/promql/parse/quoted-text.ts';

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/s;

/** The quoted text at the beginning of a text, and how many characters it takes; undefined: there is none. */
export function readQuoted(text: string): { readonly value: string; readonly length: number } | undefined {
  const literal = QUOTED.exec(text)?.[0];
  if (literal === undefined) return undefined;
  const value = unquote(literal);
  if (value === undefined) throw new Error(`bad escape in ${literal}`);
  return { value, length: literal.length };
}
