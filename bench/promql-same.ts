type Matrix = {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
};

/** Undefined when two answers of `query_range` are equal within 1e-9 relative, else how they differ first. */
export function isSame(ours: string, theirs: string): string | undefined {
  const [a, b] = [seriesOf(ours), seriesOf(theirs)];
  if (a.size !== b.size) return `differ: ${a.size} and ${b.size} series`;
  for (const [key, values] of a) {
    const other = b.get(key);
    if (other === undefined) return `differ: ${key} is in one only`;
    if (values.length !== other.length) return `differ: ${key} has ${values.length} and ${other.length} values`;
    for (const [i, [time, value]] of values.entries()) {
      const [otherTime, otherValue] = other[i] as readonly [number, string];
      if (time !== otherTime || !isNear(Number(value), Number(otherValue))) {
        return `differ: ${key} at ${time}: ${value} and ${otherValue}`;
      }
    }
  }
  return undefined;
}

function seriesOf(text: string): Map<string, Matrix['values']> {
  const { data } = JSON.parse(text) as { data: { result: Matrix[] } };
  return new Map(
    data.result.map(
      ({ metric, values }) =>
        [JSON.stringify(Object.entries(metric).toSorted(([a], [b]) => (a < b ? -1 : 1))), values] as const,
    ),
  );
}

const isNear = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
