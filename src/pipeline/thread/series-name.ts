import { canonicalKey, isLabelText, type Labels, labelsOfKey, NAME_LABEL } from '#core/model/labels.ts';

/** What the catalogue stores of a series beside its identity. */
export type SeriesDescription = {
  /** The name behind `family`: the metric name, or the last node of a Graphite path. */
  readonly metric: string;
  readonly labels: Labels;
  readonly kv: readonly string[];
  /** The Graphite path, or ''. */
  readonly path: string;
};

const LABEL_FIELD = '\x1f';

/** Everything but the separators may stand in a canonical key (`core/model/labels`). */
const CANONICAL = /^[^\x00\x1e\x1f]*(?:\x1f[^\x00\x1e\x1f]+\x1e[^\x00\x1e\x1f]*)*$/;
/** Nodes with dots between: what {@link canonicalSeries} leaves as it is. */
const OWN_PATH = /^[^.;\x00-\x1f\x7f]+(?:\.[^.;\x00-\x1f\x7f]+)*$/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The spelling of writers that give canonical keys as they are: readers of one stream share one index of names. */
export const canonicalSpelling = (key: Uint8Array): string => decoder.decode(key);

/**
 * The canonical key of a series as Graphite senders spell it: `a.b.c`, or `a;k=v;…` (tags). Undefined when it is no
 * name: control characters, an empty name, a broken tag. Empty nodes vanish (`a..b` = `a.b`), as they do on carbon's
 * disk.
 */
export function canonicalSeries(text: string): string | undefined {
  if (!isLabelText(text)) return undefined;
  if (text.includes(';')) return canonicalTags(text);
  const path = text.split('.').filter(Boolean).join('.');
  return path === '' ? undefined : path;
}

/**
 * A canonical key that a reader made, without empty labels and in order. Unlike names in Graphite's spelling it may
 * have any characters, and labels without a name. Undefined when it names nothing or cannot be told apart.
 */
export function validatedKey(key: string): string | undefined {
  if (!CANONICAL.test(key) || !key.isWellFormed()) return undefined;
  if (!key.includes(LABEL_FIELD)) return key === '' ? undefined : key;
  const labels = Object.entries(labelsOfKey(key)).filter(([, value]) => value !== '');
  return labels.length === 0 ? undefined : canonicalKey(Object.fromEntries(labels));
}

/**
 * Whether a Graphite sender who writes this text means the series with this canonical key. `a..b` and `a;k=v` are names
 * to Prometheus, and other series to Graphite.
 */
export function isOwnSpelling(key: string): boolean {
  return OWN_PATH.test(key) || key.includes(LABEL_FIELD);
}

/** Graphite tags: https://graphite.readthedocs.io/en/latest/tags.html; a tag called `name` yields to the name. */
function canonicalTags(text: string): string | undefined {
  const [name = '', ...tags] = text.split(';');
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const tag of tags) {
    const cut = tag.indexOf('=');
    const value = tag.slice(cut + 1);
    if (cut < 1 || value === '' || value.startsWith('~') || /[!^]/.test(tag.slice(0, cut))) return undefined;
    if (tag.slice(0, cut) !== 'name') labels[tag.slice(0, cut)] = value;
  }
  labels[NAME_LABEL] = name;
  return canonicalLabels(labels);
}

function canonicalLabels(labels: Labels): string | undefined {
  if ((labels[NAME_LABEL] ?? '') === '') return undefined;
  const valid = Object.entries(labels).every(([key, value]) => key !== '' && isLabelText(key) && isLabelText(value));
  return valid ? canonicalKey(labels) : undefined;
}

/** The name that is hashed into `family`: part of the order key, so this rule never changes. */
export function metricOf(key: string): string {
  const end = key.indexOf(LABEL_FIELD);
  return end < 0 ? key.slice(key.lastIndexOf('.') + 1) : key.slice(0, end);
}

/**
 * What is written to the catalogue. A dotted path is found by its nodes (`g1=a`, `g2=b`) and its path; labels by
 * `key=value`. A lone name without dots is both: `up` is a metric name to some and a path to others. A name that is no
 * path is a label alone.
 */
export function describeSeries(key: string): SeriesDescription {
  const metric = metricOf(key);
  if (key.includes(LABEL_FIELD)) {
    const labels = labelsOfKey(key);
    return { metric, labels, kv: Object.entries(labels).map(([k, v]) => `${k}=${v}`), path: '' };
  }
  if (!isOwnSpelling(key)) return { metric, labels: { [NAME_LABEL]: key }, kv: [`${NAME_LABEL}=${key}`], path: '' };
  const nodes = key.split('.').map((node, i) => `g${i + 1}=${node}`);
  if (nodes.length > 1) return { metric, labels: {}, kv: nodes, path: key };
  return { metric, labels: { [NAME_LABEL]: key }, kv: [`${NAME_LABEL}=${key}`, ...nodes], path: key };
}

/** What is written of a path that a rule gives a name and labels: it is found by them and, as before, by its path. */
export function mappedDescription(path: string, labels: Labels): SeriesDescription {
  const nodes = path.split('.').map((node, i) => `g${i + 1}=${node}`);
  const kv = [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...nodes];
  return { metric: labels[NAME_LABEL] ?? '', labels, kv, path };
}
