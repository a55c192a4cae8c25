const REFERENCE = 'stored:';

/** Names of stored secrets that options refer to, each once. */
export function storedReferences(options: unknown): readonly string[] {
  const found = new Set<string>();
  collect(options, found);
  return [...found];
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith(REFERENCE)) found.add(value.slice(REFERENCE.length));
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collect(part, found);
  }
}
