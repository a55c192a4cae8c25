/** An element of BER (X.690): its tag, and what is in it. */
export type Element = { readonly tag: number; readonly content: Buffer };

/** An element around others, or around bytes. */
export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
}

/** A whole number from 0 to 2^31 - 1, as INTEGER or under another tag. */
export function integer(value: number, tag = 0x02): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  // As few bytes as keep the sign.
  let first = 0;
  while (first < 3 && bytes[first] === 0 && (bytes[first + 1] ?? 0) < 0x80) first++;
  return element(tag, bytes.subarray(first));
}

/** A text, as OCTET STRING or under another tag. */
export function octets(text: string, tag = 0x04): Buffer {
  return element(tag, Buffer.from(text));
}

/** The elements that lie one behind the other. Throws a `RangeError` for what is none. */
export function readElements(bytes: Buffer): readonly Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { start, length } = headOf(bytes.subarray(at));
    if (at + start + length > bytes.length) throw new RangeError('an element ends too early');
    elements.push({ tag: bytes.readUInt8(at), content: bytes.subarray(at + start, at + start + length) });
    at += start + length;
  }
  return elements;
}

/** Where the content begins and how long it is, from the head of an element. Throws a `RangeError` for what is none. */
export function headOf(bytes: Buffer): { readonly start: number; readonly length: number } {
  const first = bytes.readUInt8(1);
  if (first < 0x80) return { start: 2, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new RangeError('the length of an element is none');
  return { start: 2 + count, length: bytes.readUIntBE(2, count) };
}

/** The number that an INTEGER or ENUMERATED holds. */
export function numberIn(content: Buffer): number {
  if (content.length === 0 || content.length > 4) throw new RangeError('a number is too long');
  return content.readIntBE(0, content.length);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return [0x84, ...bytes];
}
