/** A regular expression that fits exactly these names. */
export function exactly(names: readonly string[]): string {
  return `^${oneOf(names)}$`;
}

/** A group of a regular expression that fits one of these names. */
export function oneOf(names: readonly string[]): string {
  return `(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;
}
