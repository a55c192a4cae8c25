const MOST_QUERIES = 26;

/** Search parameters of Explore that hold these queries: `q`, `q2`, `q3`, … */
export function exploreSearch(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.slice(0, MOST_QUERIES).map((text, index) => [parameter(index), text]));
}

/** The inverse of {@link exploreSearch}. */
export function queriesOfSearch(search: Readonly<Record<string, unknown>>): string[] {
  const texts: string[] = [];
  for (let index = 0; index < MOST_QUERIES; index++) {
    const text = search[parameter(index)];
    if (typeof text === 'string' && text !== '') texts.push(text);
  }
  return texts;
}

function parameter(index: number): string {
  return index === 0 ? 'q' : `q${index + 1}`;
}
