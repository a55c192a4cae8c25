type Numbers = Uint32Array | Int32Array | Uint8Array;

/** A copy of the array with room for at least `needed` values, at least doubled; the array itself if it has room. */
export function grown<T extends Numbers>(array: T, needed: number): T {
  if (needed <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(needed, array.length * 2));
  larger.set(array);
  return larger;
}
