/**
 * A label set. The key `__name__` holds the metric name; a dotted Graphite path without tags is a series whose only
 * label is `__name__` = the path. Values are UTF-8 text without control characters.
 */
export type Labels = Readonly<Record<string, string>>;

/** The label that holds the metric name (Prometheus data model). */
export const NAME_LABEL = '__name__';

const FIELD = '\x1f';
const VALUE = '\x1e';

/**
 * The canonical key of a label set: the name, then every other label sorted by key, joined by control characters that
 * labels cannot hold. Equal label sets have equal keys; the key of an untagged Graphite path is the path itself.
 */
export function canonicalKey(labels: Labels): string {
  let key = labels[NAME_LABEL] ?? '';
  for (const name of Object.keys(labels).sort()) {
    if (name !== NAME_LABEL) key += FIELD + name + VALUE + labels[name];
  }
  return key;
}

/** The inverse of {@link canonicalKey}. */
export function labelsOfKey(key: string): Labels {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  const [name = '', ...fields] = key.split(FIELD);
  if (name !== '') labels[NAME_LABEL] = name;
  for (const field of fields) {
    const cut = field.indexOf(VALUE);
    labels[field.slice(0, cut)] = field.slice(cut + 1);
  }
  return labels;
}

/** True when the text may stand in a label: no control characters, so canonical keys stay unambiguous. */
export function isLabelText(text: string): boolean {
  return !/[\x00-\x1f\x7f]/.test(text);
}
