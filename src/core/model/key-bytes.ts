/** A `spelling` for writers that are given canonical keys (`core/model/labels`) as UTF-8: the text of the key. */
export function textOfKey(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString();
}
