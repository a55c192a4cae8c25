import { type Labels, NAME_LABEL } from '#core/model/labels.ts';

/** The text of a legend pattern: `{{label}}` is the label's value; an absent label leaves nothing. */
export function fillPattern(pattern: string, labels: Labels): string {
  return pattern.replace(/\{\{\s*([^}\s]+)\s*\}\}/g, (_all, name: string) => labels[name] ?? '').trim();
}

/**
 * Short names for series shown together: only the labels in which they differ. One series alone is called by its metric.
 * Names of equal text are completed with all labels.
 */
export function shortNames(all: readonly Labels[]): string[] {
  const differing = differingLabels(all);
  return all.map((labels) => {
    const parts = differing.filter((name) => labels[name] !== undefined).map((name) => labels[name] as string);
    return parts.length > 0 ? parts.join(' ') : fullName(labels);
  });
}

/** The whole series as text: `name{a="1", b="2"}`. */
export function fullName(labels: Labels): string {
  const rest = Object.keys(labels)
    .filter((name) => name !== NAME_LABEL)
    .sort()
    .map((name) => `${name}="${labels[name]}"`);
  const name = labels[NAME_LABEL] ?? '';
  if (rest.length === 0) return name === '' ? 'all' : name;
  return `${name}{${rest.join(', ')}}`;
}

function differingLabels(all: readonly Labels[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const labels of all) {
    for (const [name, value] of Object.entries(labels)) {
      const seen = values.get(name);
      if (seen === undefined) values.set(name, new Set([value]));
      else seen.add(value);
    }
  }
  const isShared = (name: string): boolean =>
    values.get(name)?.size === 1 && all.every((labels) => labels[name] !== undefined);
  return [...values.keys()].filter((name) => !isShared(name)).sort(nameFirst);
}

function nameFirst(a: string, b: string): number {
  return Number(b === NAME_LABEL) - Number(a === NAME_LABEL) || (a < b ? -1 : 1);
}
