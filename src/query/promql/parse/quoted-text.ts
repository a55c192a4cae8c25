const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const ESCAPE = /\\(?:([abfnrtv\\])|(['"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

/**
 * The value of a string literal with its quotes, by the rules of Go; undefined when an escape is not one, or the closing
 * quote is missing. Bytes that are not UTF-8 (`"\xc5"`) become lone surrogates U+DC80…U+DCFF, so the text is not well-formed.
 */
export function unquote(literal: string): string | undefined {
  const quote = literal.charAt(0);
  if (literal.length < 2 || !literal.endsWith(quote)) return undefined;
  const body = literal.slice(1, -1);
  if (quote === '`') return body.includes('`') ? undefined : body;
  return body.includes('\\') ? unescape(body, quote) : body;
}

function unescape(body: string, quote: string): string | undefined {
  const bytes: number[] = [];
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (let at = 0; at < body.length; ) {
    if (body[at] !== '\\') {
      const end = body.indexOf('\\', at);
      const plain = body.slice(at, end === -1 ? body.length : end);
      for (const byte of encode(plain)) bytes.push(byte);
      at += plain.length;
      continue;
    }
    ESCAPE.lastIndex = at;
    const escaped = escapedBytes(ESCAPE.exec(body), quote, encode);
    if (escaped === undefined) return undefined;
    for (const byte of escaped) bytes.push(byte);
    at = ESCAPE.lastIndex;
  }
  return decode(Uint8Array.from(bytes));
}

function escapedBytes(
  match: RegExpExecArray | null,
  quote: string,
  encode: (text: string) => Uint8Array,
): Iterable<number> | undefined {
  if (match === null) return undefined;
  const [, simple, quoted, octal, hex, short, long] = match;
  if (simple !== undefined) return [SIMPLE[simple] ?? 0];
  if (quoted !== undefined) return quoted === quote ? [quote.charCodeAt(0)] : undefined;
  const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  if (octal !== undefined || hex !== undefined) return code > 255 ? undefined : [code];
  if (code > 0x10_ff_ff || (code >= 0xd8_00 && code < 0xe0_00)) return undefined;
  return encode(String.fromCodePoint(code));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decodeBroken(bytes);
  }
}

function decodeBroken(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    text +=
      length === 0 ? String.fromCharCode(0xdc_00 + (bytes[at] ?? 0)) : decoder.decode(bytes.subarray(at, at + length));
    at += Math.max(1, length);
  }
  return text;
}

/** How many bytes the character at a place has; 0 when there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    try {
      decoder.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // A longer piece may be a whole character.
    }
  }
  return 0;
}
