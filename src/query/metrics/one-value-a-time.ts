type Points = { readonly t: Float64Array; readonly v: Float64Array };

/**
 * One value a time: the highest, NaN only where there is nothing else. Compacts in place; values are moved as words, so
 * that NaNs keep their bits.
 */
export function oneValueATime(t: Float64Array, v: Float64Array): Points {
  let i = 1;
  while (i < t.length && t[i] !== t[i - 1]) i++;
  if (i >= t.length) return { t, v };
  const words = new Uint32Array(v.buffer, v.byteOffset, v.length * 2);
  const move = (from: number, to: number): void => {
    words[2 * to] = words[2 * from]!;
    words[2 * to + 1] = words[2 * from + 1]!;
  };
  let kept = i;
  for (; i < t.length; i++) {
    if (t[i] === t[kept - 1]) {
      if (v[i]! > v[kept - 1]! || (Number.isNaN(v[kept - 1]) && !Number.isNaN(v[i]))) move(i, kept - 1);
      continue;
    }
    t[kept] = t[i]!;
    move(i, kept++);
  }
  return { t: t.subarray(0, kept), v: v.subarray(0, kept) };
}
