const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, BLANK] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x20];

/**
 * Cuts a body into the JSON objects that follow each other in it, with or without blanks between them. The last piece may
 * be no object: then it is not whole.
 */
export function* jsonObjects(bytes: Uint8Array): Generator<Uint8Array> {
  let depth = 0;
  let start = -1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (start < 0) {
      if (byte <= BLANK) continue;
      start = at;
    }
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === OPEN || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth > 0) continue;
      yield bytes.subarray(start, at + 1);
      start = -1;
      depth = 0;
    }
  }
  if (start >= 0) yield bytes.subarray(start);
}

/** Index of the quote that ends the text at `from`. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
