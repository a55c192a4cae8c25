import { MetricQuerySyntaxError } from './syntax-error.ts';

/**
 * A piece of a metric query. `text` of a string is its unescaped value; `from`/`to` are offsets in the source;
 * `open` marks a string without its closing quote (only in tolerant mode).
 */
export type Token = {
  readonly kind: 'word' | 'string' | 'operator' | 'punctuation' | 'range';
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly open?: boolean;
};

const RANGE = /\[\s*(?:\d+(?:ms|[smhdwy]))+(?:\s*:[^\]]*)?\s*\](?=$|[\s),])/y;
const OPERATOR = /=~|!=|!~|=/y;
const GLOB_BRACES = /\{[^{}="'`()\s,]*,[^{}="'`()\s]*\}/y;
const GLOB_CLASS = /\[[^\]\s"'`()]+\]/y;
const WORD_CHARACTER = /\$\{\w+\}|[^\s(){}[\],"'`=!~]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" };

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Splits a metric query. `tolerant` keeps an unclosed string as a token instead of throwing (for the editor). */
export function lexMetricQuery(text: string, options: { tolerant?: boolean } = {}): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let inMatchers = false;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const token = readToken(text, at, inMatchers);
    if (token.open && !options.tolerant) throw new MetricQuerySyntaxError('the quote is never closed', at);
    if (token.kind === 'punctuation') inMatchers = token.text === '{' || (inMatchers && token.text !== '}');
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function readToken(text: string, at: number, inMatchers: boolean): Token {
  const character = text.charAt(at);
  if (character === '"' || character === "'" || character === '`') return readString(text, at, character);
  const operator = matchAt(OPERATOR, text, at);
  if (operator !== undefined) return { kind: 'operator', text: operator, from: at, to: at + operator.length };
  const range = matchAt(RANGE, text, at);
  if (range !== undefined) return { kind: 'range', text: range, from: at, to: at + range.length };
  const end = wordEnd(text, at, inMatchers);
  if (end > at) return { kind: 'word', text: text.slice(at, end), from: at, to: end };
  return { kind: 'punctuation', text: character, from: at, to: at + 1 };
}

/** Where the word that starts here ends: glob braces and classes belong to it, a matcher list or a range does not. */
function wordEnd(text: string, from: number, inMatchers: boolean): number {
  let at = from;
  for (;;) {
    const piece =
      matchAt(WORD_CHARACTER, text, at) ??
      (inMatchers || matchAt(RANGE, text, at) !== undefined
        ? undefined
        : (matchAt(GLOB_BRACES, text, at) ?? matchAt(GLOB_CLASS, text, at)));
    if (piece === undefined) return at;
    at += piece.length;
  }
}

function readString(text: string, from: number, quote: string): Token {
  let value = '';
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== quote) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== '`' && at + 1 < text.length) {
      const next = text.charAt(at + 1);
      value += ESCAPES[next] ?? character + next;
      at += 2;
    } else {
      value += character;
      at++;
    }
  }
  const open = at >= text.length;
  return { kind: 'string', text: value, from, to: open ? at : at + 1, ...(open ? { open } : {}) };
}
