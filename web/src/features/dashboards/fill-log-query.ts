import { quoteLogText } from '#core/log-query/quote.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { fillFormatted } from './fill-formatted.ts';

const QUOTED = /"(?:\\.|[^"\\])*"/g;
/** Texts that need no quotes; `*` and `?` stay signs of a pattern. */
const BARE = /^[\w.@$*?/-]+$/;

/**
 * A log query with the chosen values: one as it is, or in quotes where it needs them; several as `("a" OR "b")`, none as
 * `*`. In quotes a value is escaped.
 */
export function fillLogQuery(text: string, values: VariableValues): string {
  let out = '';
  let at = 0;
  for (const { 0: quoted, index } of text.matchAll(QUOTED)) {
    out += fillFormatted(text.slice(at, index), values, word);
    const inner = fillFormatted(quoted, values, (value) =>
      escaped(typeof value === 'string' ? value : value.join(' ')),
    );
    out += isOneVariable(quoted) ? fillFormatted(quoted.slice(1, -1), values, term) : inner;
    at = index + quoted.length;
  }
  return out + fillFormatted(text.slice(at), values, word);
}

const isOneVariable = (quoted: string): boolean => /^"(?:\$\w+|\$\{\w+\}|\[\[\w+\]\])"$/.test(quoted);
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&');

function word(value: string | readonly string[]): string {
  return typeof value === 'string' && BARE.test(value) ? value : term(value);
}

function term(value: string | readonly string[]): string {
  if (typeof value === 'string') return quoteLogText(value);
  return value.length === 0 ? '*' : `(${value.map(quoteLogText).join(' OR ')})`;
}
