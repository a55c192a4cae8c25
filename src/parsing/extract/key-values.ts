/** Takes pairs as they come. */
export type TakePair = (name: string, value: string) => void;

/** How pairs are written; both separators one character, `pair` ' ' stands for any white space. */
export type KeyValueStyle = { readonly pair: string; readonly value: string; readonly maxPairs?: number };

const MAX_PAIRS = 1_000;

/**
 * Pairs like `a=1 b="two words" c='x' d`: quotes may stand around values and hold escapes; words without a separator are passed
 * over. Returns how many pairs there were and how many words were none.
 */
export function keyValues(text: string, style: KeyValueStyle, take: TakePair): { pairs: number; words: number } {
  const maxPairs = style.maxPairs ?? MAX_PAIRS;
  const separator = style.value.charCodeAt(0);
  const isParting = partingOf(style.pair);
  let pairs = 0;
  let words = 0;
  let at = 0;
  while (at < text.length && pairs < maxPairs) {
    while (at < text.length && isParting(text.charCodeAt(at))) at++;
    const start = at;
    while (at < text.length && !isParting(text.charCodeAt(at)) && text.charCodeAt(at) !== separator) at++;
    if (at >= text.length || text.charCodeAt(at) !== separator) {
      if (at > start) words++;
      continue;
    }
    const name = text.slice(start, at).trim();
    at++;
    const quote = text.charCodeAt(at);
    const close = quote === 34 || quote === 39 ? closingQuote(text, at) : -1;
    let value: string;
    if (close > 0) {
      value = unescapeQuoted(text.slice(at + 1, close));
      at = close + 1;
    } else {
      const from = at;
      while (at < text.length && !isParting(text.charCodeAt(at))) at++;
      value = text.slice(from, at);
    }
    if (name === '') continue;
    take(name, value);
    pairs++;
  }
  return { pairs, words };
}

function partingOf(pair: string): (code: number) => boolean {
  if (pair === ' ') return (code) => code === 32 || code === 9 || code === 10 || code === 13;
  const parting = pair.charCodeAt(0);
  return (code) => code === parting;
}

function closingQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === quote) return i;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescapeQuoted(value: string): string {
  return value.includes('\\') ? value.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char) : value;
}

/** Pairs of logfmt (`level=info msg="…" dry`); undefined when the text holds hardly any. */
export function logfmtPairs(text: string, take: TakePair): boolean {
  const { pairs, words } = keyValues(text, { pair: ' ', value: '=' }, take);
  return pairs >= 2 && words <= pairs;
}

/** Parameters of a URL's query with percent escapes and `+` resolved. */
export function queryParameters(text: string, take: TakePair): number {
  const from = text.indexOf('?');
  const query = from < 0 ? text : text.slice(from + 1);
  const end = query.indexOf('#');
  return keyValues(end < 0 ? query : query.slice(0, end), { pair: '&', value: '=' }, (name, value) =>
    take(decodeQuery(name), decodeQuery(value)),
  ).pairs;
}

function decodeQuery(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
