import type { Matcher } from '#core/metric-query/query.ts';

const TERM = /^([a-zA-Z_][\w.]*)\s*(=~|!~|!=|=)\s*(.*)$/;

/**
 * Reads a scope: label matchers apart by commas, `host=web-1,zone!=dmz`; a bare word is a host. A backslash keeps the
 * comma after it. Undefined = not readable.
 */
export function parseScope(text: string): Matcher[] | undefined {
  const matchers: Matcher[] = [];
  for (const term of termsOf(text)) {
    const [, label, op, value] = TERM.exec(term) ?? [];
    if (label !== undefined && op !== undefined && value !== undefined) {
      matchers.push({ label, op: op as Matcher['op'], value });
    } else if (/^[\w.:-]+$/.test(term)) matchers.push({ label: 'host', op: '=', value: term });
    else return undefined;
  }
  return matchers;
}

/** The text of a scope; {@link parseScope} reads it back. */
export function printScope(matchers: readonly Matcher[]): string {
  return matchers.map(({ label, op, value }) => `${label}${op}${value.replace(/[\\,]/g, '\\$&')}`).join(',');
}

function termsOf(text: string): string[] {
  const terms = [...text.matchAll(/((?:\\.|[^,\\])+|\\$)/g)].map(([term]) => term.replace(/\\([\\,])/g, '$1').trim());
  return terms.filter((term) => term !== '');
}
