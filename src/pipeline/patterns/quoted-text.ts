import { hashesOf } from './byte-hash.ts';
import { CLASSES, FIRST_WORD, LAST_WORD } from './character-classes.ts';

const DOUBLE = 0x22;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const COLON = 0x3a;
const SPACE = 0x20;
const SLASH = 0x2f;
const LOWER_H = 0x68;
const NONE = -1;
/** The answer where a text is opened that is not closed. */
export const UNCLOSED = -2;
/** A text that is longer is not looked through for its end. */
const MAX_QUOTED = 512;

/** Keys whose quoted values are the message itself. */
const MESSAGE_KEYS = hashesOf([
  ...['msg', 'message', 'error', 'err', 'event', 'reason', 'detail', 'description', 'exception'],
]);

const isWord = (byte: number | undefined): boolean => {
  const kind = byte === undefined ? 0 : (CLASSES[byte] as number);
  return kind >= FIRST_WORD && kind <= LAST_WORD;
};

/** Where the text that is opened at `at` is closed; -1: nothing is opened there, as by an apostrophe; {@link UNCLOSED}. */
export function closingQuote(bytes: Uint8Array, at: number, length: number): number {
  const quote = bytes[at] as number;
  if (quote !== DOUBLE && at > 0 && isWord(bytes[at - 1])) return NONE;
  const last = Math.min(length, at + MAX_QUOTED);
  for (let i = at + 1; i < last; i += 1) {
    const byte = bytes[i] as number;
    if (byte === BACKSLASH) i += 1;
    else if (byte === quote && (quote === DOUBLE || i + 1 >= length || !isWord(bytes[i + 1]))) return i;
  }
  return UNCLOSED;
}

/** Whether the words of a quoted text count: it is a key (`"key":`), or the message of a line of keys and values. */
export function quotedKind(
  bytes: Uint8Array,
  { at, end, length, key }: { at: number; end: number; length: number; key: number },
): 'words' | 'value' {
  if (bytes[at] === DOUBLE && end + 1 < length && bytes[end + 1] === COLON && end > at + 1) return 'words';
  const before = bytes[at - 1] === SPACE ? bytes[at - 2] : bytes[at - 1];
  return (before === EQUALS || before === COLON) && MESSAGE_KEYS.has(key) ? 'words' : 'value';
}

/** The end of the method and space that begin an HTTP request (`GET /…`); `from` when it is none. */
export function requestMethodEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] as number) >= 0x41 && (bytes[at] as number) <= 0x5a) at += 1;
  const size = at - from;
  const isMethod = size >= 3 && size <= 8 && bytes[at] === SPACE && at + 1 < end;
  return isMethod && (bytes[at + 1] === SLASH || bytes[at + 1] === LOWER_H) ? at + 1 : from;
}
