import { nameIn } from '#parsing/field-names.ts';
import type { TakePair } from './key-values.ts';

const MAX_DEPTH = 100;
const MAX_FIELDS = 1_000;
const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<([?!])[^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Texts and attributes of an XML document as `a.b` and `a.b.attribute`. No document types, no entities but the five that XML
 * has and numeric ones, nothing is fetched. `<Data Name="x">v</Data>` of Windows events becomes `…Data.x`.
 */
export function xmlFields(text: string, take: TakePair): boolean {
  const path: string[] = [];
  let pending = '';
  let count = 0;
  const put = (name: string, value: string): void => {
    if (value !== '' && count++ < MAX_FIELDS) take(name, value);
  };
  if (!text.trimStart().startsWith('<')) return false;
  const tokens = closed(text).matchAll(TOKEN);
  for (const [whole, cdata, special, close, open, attributes = '', selfClosing, content] of tokens) {
    if (special !== undefined || whole.startsWith('<!--')) continue;
    if (open !== undefined) {
      if (path.length >= MAX_DEPTH) return count > 0;
      const named = /^\s+Name\s*=\s*(?:"([^"]*)"|'([^']*)')\s*$/.exec(attributes);
      path.push(named === null ? open : `${open}.${named[1] ?? named[2] ?? ''}`);
      if (named === null)
        for (const [, name = '', a, b] of attributes.matchAll(ATTRIBUTE))
          put(`${path.join('.')}.${name}`, resolved(a ?? b ?? ''));
      pending = '';
      if (selfClosing === '/') path.pop();
    } else if (close !== undefined) {
      put(path.join('.'), resolved(pending.trim()));
      pending = '';
      path.pop();
    } else pending += cdata ?? content ?? '';
  }
  return count > 0;
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return nameIn(NAMED, name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** A text without what is opened and never closed: each search for an end finds one, so that reading stays linear. */
function closed(text: string): string {
  let kept = text;
  for (const [open, close] of [
    ['<![CDATA[', ']]>'],
    ['<!--', '-->'],
    ['<', '>'],
  ] as const) {
    const loose = kept.indexOf(open, kept.lastIndexOf(close) + 1);
    if (loose >= 0) kept = kept.slice(0, loose);
  }
  return kept;
}
