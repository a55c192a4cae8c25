/** Labels as one line of text: `host=$1, cpu=$2`. */
export function printLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** The labels of such a line; what has no `=` is left out. */
export function parseLabels(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return Object.fromEntries(
    pairs.flatMap(([name = '', ...value]) => (value.length === 0 || name === '' ? [] : [[name, value.join('=')]])),
  );
}
