const CHUNK = /\d+|\D+/g;

/** Compares texts with the numbers in them as numbers: `4m5` before `4m600`. */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [a.match(CHUNK) ?? [], b.match(CHUNK) ?? []];
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const order = compareChunks(left[i] as string, right[i] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareChunks(a: string, b: string): number {
  if (/^\d/.test(a) && /^\d/.test(b)) {
    const difference = Number(a) - Number(b);
    if (difference !== 0) return difference;
  }
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
