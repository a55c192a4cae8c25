/** The numbers of a line of whitespace-separated fields; a field that is none is NaN. */
export function numbersOf(line: string): number[] {
  return line.trim().split(/\s+/).map(Number);
}

/** `Name: 123 kB` lines (meminfo) or `name 123` lines (vmstat) as a map of the first number of each. */
export function namedNumbers(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, name, value] of text.matchAll(/^([^\s:]+):?\s+(-?\d+)/gm)) {
    if (name !== undefined) found.set(name, Number(value));
  }
  return found;
}
