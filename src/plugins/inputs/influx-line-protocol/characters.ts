/** Bits of {@link STOPS}: where each kind of token ends (influxdata/line-protocol, lineprotocol/decoder.go). */
export const IN_MEASUREMENT = 1;
export const IN_KEY = 2;
export const IN_VALUE = 4;

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;

/** Per byte: the tokens that it ends, unless a backslash stands before it. */
export const STOPS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isControl = byte < SPACE || byte === 0x7f;
  const isCut = isControl || byte === SPACE || byte === COMMA;
  const endsValue = byte === SPACE || byte === COMMA || byte === LF || byte === CR;
  return (isCut ? IN_MEASUREMENT : 0) | (isCut || byte === EQUALS ? IN_KEY : 0) | (endsValue ? IN_VALUE : 0);
});

/** Per byte: the tokens in which a backslash makes it plain text. */
export const ESCAPABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === SPACE || byte === COMMA) return IN_MEASUREMENT | IN_KEY;
  return byte === EQUALS ? IN_KEY : 0;
});

/** Where the token at `from` ends: the first byte that belongs to it no more, at most `to`. */
export function tokenEnd(bytes: Uint8Array, from: number, to: number, kind: number): number {
  let at = from;
  while (at < to) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH && at + 1 < to && ((ESCAPABLE[bytes[at + 1] as number] as number) & kind) !== 0) at += 2;
    else if (((STOPS[byte] as number) & kind) !== 0) return at;
    else at += 1;
  }
  return at;
}

/** The text of a token, without its escapes. Undefined: it is not UTF-8. */
export function tokenText(bytes: Uint8Array, from: number, to: number, kind: number): string | undefined {
  const text = utf8(bytes.subarray(from, to));
  if (text?.includes('\\') !== true) return text;
  return text.replace(kind === IN_MEASUREMENT ? /\\([ ,])/g : /\\([ ,=])/g, '$1');
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
