/** A stack of bars: the path of each part in a box of `count` × 1, lowest part first. */
export function barPaths(parts: readonly (readonly number[])[], most: number): readonly string[] {
  const floors: number[] = [];
  return parts.map((counts) => {
    let path = '';
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue;
      const floor = floors[index] ?? 0;
      const top = floor + count / Math.max(1, most);
      floors[index] = top;
      path += `M${index + 0.08} ${round(1 - floor)}V${round(1 - top)}H${index + 0.92}V${round(1 - floor)}Z`;
    }
    return path;
  });
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
