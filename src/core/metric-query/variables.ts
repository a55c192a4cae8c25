import { lexMetricQuery, type Token } from './lex.ts';
import { quoteText } from './print.ts';

/** The chosen value or values of each dashboard variable; an empty list means "all". */
export type VariableValues = Readonly<Record<string, string | readonly string[]>>;

const VARIABLE = /\$\{(\w+)\}|\$(\w+)|\[\[(\w+)\]\]/g;

/**
 * Puts the values of `$name`, `${name}` and `[[name]]` into a query. In quotes several values become a regular
 * expression (and `=` becomes `=~`), in a path a `{a,b}` glob; special characters are escaped. Unknown names stay.
 */
export function substituteVariables(text: string, values: VariableValues): string {
  let out = '';
  let at = 0;
  const tokens = lexMetricQuery(text, { tolerant: true });
  tokens.forEach((token, index) => {
    if (token.kind === 'operator') return;
    const previous = tokens[index - 1];
    const operator = token.kind === 'string' && previous?.kind === 'operator' ? previous : undefined;
    const [from, replaced] = replaceToken(text, token, operator, values);
    out += text.slice(at, from) + replaced;
    at = token.to;
  });
  return out + text.slice(at);
}

function replaceToken(
  text: string,
  token: Token,
  operator: Token | undefined,
  values: VariableValues,
): [from: number, text: string] {
  const source = text.slice(token.from, token.to);
  if (!mentions(source, values)) return [token.from, source];
  if (token.kind !== 'string') return [token.from, fill(source, values, glob)];
  const many = mentionsMany(token.text, values);
  if (operator === undefined || !(many || operator.text.endsWith('~'))) {
    return [token.from, quoteText(fill(token.text, values, (list) => list.join(',')))];
  }
  const isRegex = operator.text.endsWith('~');
  const sign = isRegex ? operator.text : operator.text === '=' ? '=~' : '!~';
  const literal = isRegex ? (rest: string) => rest : escapeRegex;
  return [operator.from, sign + quoteText(fill(token.text, values, alternation, literal))];
}

function fill(
  text: string,
  values: VariableValues,
  render: (list: readonly string[]) => string,
  literal: (rest: string) => string = (rest) => rest,
): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const value = values[match[1] ?? match[2] ?? match[3] ?? ''];
    if (value === undefined) continue;
    out += literal(text.slice(at, match.index)) + render(typeof value === 'string' ? [value] : value);
    at = match.index + match[0].length;
  }
  return out + literal(text.slice(at));
}

const names = (text: string): string[] => [...text.matchAll(VARIABLE)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
const mentions = (text: string, values: VariableValues): boolean => names(text).some((n) => values[n] !== undefined);
const mentionsMany = (text: string, values: VariableValues): boolean =>
  names(text).some((n) => Array.isArray(values[n]) && values[n].length !== 1);

const glob = (list: readonly string[]): string =>
  list.length === 0 ? '*' : list.length === 1 ? (list[0] ?? '') : `{${list.join(',')}}`;

const alternation = (list: readonly string[]): string =>
  list.length === 0 ? '.*' : list.length === 1 ? escapeRegex(list[0] ?? '') : `(${list.map(escapeRegex).join('|')})`;

/** A literal text as a part of an RE2 expression. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
