/** Part of a line of text. Links lead to http(s), mailto or a path of this site, never to scripts. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A block of a text. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' };

const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d+[.)]\s+(.*)$/;
const INLINE = /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Reads the subset of Markdown that a panel needs; everything else, HTML included, stays plain text. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const taken = takeBlock(lines, at);
    if (taken.block !== undefined) blocks.push(taken.block);
    at = taken.next;
  }
  return blocks;
}

type Taken = { readonly block: Block | undefined; readonly next: number };

function takeBlock(lines: readonly string[], at: number): Taken {
  const line = lines[at] as string;
  if (line.trim() === '') return { block: undefined, next: at + 1 };
  if (line.startsWith('```')) return takeCode(lines, at);
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  const heading = /^(#{1,4})\s+(.*?)\s*#*$/.exec(line);
  if (heading !== null) {
    const [, marks = '', words = ''] = heading;
    return { block: { kind: 'heading', level: marks.length, content: parseInline(words) }, next: at + 1 };
  }
  if (BULLET.test(line)) return takeList(lines, at, BULLET);
  if (NUMBER.test(line)) return takeList(lines, at, NUMBER);
  let next = at + 1;
  while (next < lines.length && isContinuation(lines[next] as string)) next++;
  return { block: { kind: 'paragraph', content: parseInline(lines.slice(at, next).join(' ')) }, next };
}

function isContinuation(line: string): boolean {
  return line.trim() !== '' && !/^(#{1,4}\s|```)/.test(line) && !BULLET.test(line) && !NUMBER.test(line);
}

function takeCode(lines: readonly string[], at: number): Taken {
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'));
  const last = end < 0 ? lines.length : end;
  return { block: { kind: 'code', text: lines.slice(at + 1, last).join('\n') }, next: last + 1 };
}

function takeList(lines: readonly string[], at: number, marker: RegExp): Taken {
  const items: Inline[][] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const found = marker.exec(lines[next] as string);
    if (found === null) break;
    items.push(parseInline(found[1] ?? ''));
  }
  return { block: { kind: 'list', ordered: marker === NUMBER, items }, next };
}

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(inlineOf(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function inlineOf(match: RegExpExecArray): Inline {
  const [whole, code, strong, strong2, emphasis, emphasis2, words, href] = match;
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined || strong2 !== undefined) return { kind: 'strong', text: strong ?? strong2 ?? '' };
  if (emphasis !== undefined || emphasis2 !== undefined) return { kind: 'emphasis', text: emphasis ?? emphasis2 ?? '' };
  if (words === undefined || href === undefined || !isSafe(href)) return { kind: 'text', text: whole };
  return { kind: 'link', text: words, href };
}

function isSafe(href: string): boolean {
  return /^(https?:\/\/|mailto:|#|\/(?![/\\]))/i.test(href);
}
