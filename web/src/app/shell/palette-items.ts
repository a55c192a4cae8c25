/** One line of the palette. */
export type PaletteItem = {
  readonly id: string;
  readonly group: 'Pages' | 'Actions' | 'Searches' | 'Hosts' | 'Services' | 'Metrics';
  readonly label: string;
  readonly hint?: string;
  readonly run: () => void;
};

/** How well a text answers what was typed: 0 = not; starts of words beat insides, short beats long. */
export function matchScore(text: string, typed: string): number {
  const haystack = text.toLowerCase();
  let score = 1;
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = haystack.indexOf(word);
    if (at < 0) return 0;
    score += at === 0 ? 4 : /[^a-z0-9]/.test(haystack[at - 1] ?? '') ? 2 : 1;
  }
  return score + 1 / (1 + text.length);
}

/** The items that answer what was typed, best first within each group, groups in the order given. */
export function filterItems(items: readonly PaletteItem[], typed: string, perGroup = 8): readonly PaletteItem[] {
  const groups = new Map<string, { item: PaletteItem; score: number }[]>();
  for (const item of items) {
    const score = matchScore(item.label, typed);
    if (score === 0) continue;
    const group = groups.get(item.group) ?? [];
    groups.set(item.group, group);
    group.push({ item, score });
  }
  return [...groups.values()].flatMap((group) =>
    group
      .sort((a, b) => b.score - a.score)
      .slice(0, perGroup)
      .map(({ item }) => item),
  );
}
