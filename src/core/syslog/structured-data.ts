/** Index after structured data (RFC 5424 §6.3) at `at`, with its parameters added to `into`; -1 when it is none. */
export function readStructuredData(text: string, at: number, into: string[]): number {
  if (text.charCodeAt(at) === 45) return at + 1;
  let position = at;
  while (text.charCodeAt(position) === 91) {
    position = readElement(text, position + 1, into);
    if (position < 0) return -1;
  }
  return position === at ? -1 : position;
}

function readElement(text: string, at: number, into: string[]): number {
  let end = at;
  while (end < text.length && !isIdEnd(text.charCodeAt(end))) end++;
  const id = text.slice(at, end);
  if (id === '' || end >= text.length) return -1;
  if (text.charCodeAt(end) === 93) {
    into.push(id, '');
    return end + 1;
  }
  while (text.charCodeAt(end) === 32) {
    const equals = text.indexOf('="', end);
    if (equals < 0) return -1;
    const close = closingQuote(text, equals + 2);
    if (close < 0) return -1;
    into.push(`${id}.${text.slice(end + 1, equals).trim()}`, unescape(text.slice(equals + 2, close)));
    end = close + 1;
  }
  return text.charCodeAt(end) === 93 ? end + 1 : -1;
}

const isIdEnd = (code: number): boolean => code === 32 || code === 93 || code === 91 || code === 34;

function closingQuote(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return -1;
}

const unescape = (value: string): string => (value.includes('\\') ? value.replace(/\\(["\\\]])/g, '$1') : value);
