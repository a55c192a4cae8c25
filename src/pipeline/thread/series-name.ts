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

/**
 * The canonical key of a series as a sender spells it: `a.b.c`, or `a;k=v;…` (Graphite tags), or a canonical key
 * already. Undefined when it is no name: control characters, an empty name, a broken tag. Empty nodes vanish
 * (`a..b` = `a.b`), as they do on carbon's disk.
 */
export function canonicalSeries(text: string): string | undefined {
  if (text.includes(LABEL_FIELD)) return canonicalLabels(labelsOfKey(text));
  if (!isLabelText(text)) return undefined;
  if (text.includes(';')) return canonicalTags(text);
  const path = text.split('.').filter(Boolean).join('.');
  return path === '' ? undefined : path;
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
 * `key=value`. A lone name without dots is both: `up` is a metric name to some and a path to others.
 */
export function describeSeries(key: string): SeriesDescription {
  const metric = metricOf(key);
  if (key.includes(LABEL_FIELD)) {
    const labels = labelsOfKey(key);
    return { metric, labels, kv: Object.entries(labels).map(([k, v]) => `${k}=${v}`), path: '' };
  }
  const nodes = key.split('.').map((node, i) => `g${i + 1}=${node}`);
  if (nodes.length > 1) return { metric, labels: {}, kv: nodes, path: key };
  return { metric, labels: { [NAME_LABEL]: key }, kv: [`${NAME_LABEL}=${key}`, ...nodes], path: key };
}
