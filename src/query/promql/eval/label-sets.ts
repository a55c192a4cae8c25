import { type Labels, NAME_LABEL } from '#core/model/labels.ts';

/** Labels that say what a metric is: a value that was computed from it no longer has them. */
const METADATA_LABELS: readonly string[] = [NAME_LABEL, '__type__', '__unit__'];

const SEPARATOR = '\x1f';

/** Only the labels of these names. */
export const pickLabels = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));

/** All labels but those of these names. */
export const omitLabels = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

/** The labels without the name, type and unit of the metric. */
export const withoutMetadata = (labels: Labels): Labels => omitLabels(labels, METADATA_LABELS);

/** Label sets as Prometheus writes them in messages: `{__name__="up", job="a"}`. */
export const printLabels = (labels: Labels): string =>
  `{${Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`)
    .join(', ')}}`;

/** A function that tells by equal keys which label sets agree on (`on`), or on all but (not `on`), these labels. */
export function keyOfLabels(on: boolean, names: readonly string[]): (labels: Labels) => string {
  if (on) {
    const sorted = [...new Set(names)].sort();
    return (labels) => sorted.map((name) => labels[name] ?? '').join(SEPARATOR);
  }
  const left = new Set([NAME_LABEL, ...names]);
  return (labels) => {
    let key = '';
    for (const name of Object.keys(labels).sort()) {
      if (!left.has(name)) key += SEPARATOR + name + SEPARATOR + labels[name];
    }
    return key;
  };
}
