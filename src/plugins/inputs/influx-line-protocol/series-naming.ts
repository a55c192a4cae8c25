import { canonicalKey, isLabelText, NAME_LABEL } from '#core/model/labels.ts';
import { COMMA, IN_KEY, IN_MEASUREMENT, SPACE, TAB, tokenEnd, tokenText } from './characters.ts';

/**
 * `prometheus`: `measurement_field` with the tags as labels (a field called `value` leaves only the measurement), as
 * Telegraf serves Prometheus. `path`: values of the tags in order of their keys, measurement and field as the nodes of a
 * Graphite path, as Telegraf's Graphite format has them, `host` first.
 */
export const SERIES_NAMINGS = ['prometheus', 'path'] as const;
export type SeriesNaming = (typeof SERIES_NAMINGS)[number];

/** What stands between tags and field in the bytes that name a series; it tells the naming too. */
export const SEPARATORS: Readonly<Record<SeriesNaming, number>> = { prometheus: SPACE, path: TAB };

type Parts = {
  readonly measurement: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly field: string;
};

/** The canonical key of `measurement,tag=value…`, a separator, `field`, all as sent. Undefined: it names no series. */
export function influxSeriesKey(key: Uint8Array): string | undefined {
  const parts = partsOf(key);
  if (parts === undefined) return undefined;
  return parts.separator === TAB ? pathOf(parts) : labelledKey(parts);
}

function partsOf(key: Uint8Array): (Parts & { readonly separator: number }) | undefined {
  let at = tokenEnd(key, 0, key.length, IN_MEASUREMENT);
  const measurement = tokenText(key, 0, at, IN_MEASUREMENT);
  const tags = new Map<string, string>();
  while (key[at] === COMMA) {
    const nameEnd = tokenEnd(key, at + 1, key.length, IN_KEY);
    const valueEnd = tokenEnd(key, nameEnd + 1, key.length, IN_KEY);
    const name = tokenText(key, at + 1, nameEnd, IN_KEY);
    const value = tokenText(key, nameEnd + 1, valueEnd, IN_KEY);
    if (name === undefined || value === undefined) return undefined;
    tags.set(name, value);
    at = valueEnd;
  }
  const field = tokenText(key, at + 1, key.length, IN_KEY);
  if (measurement === undefined || field === undefined) return undefined;
  return { measurement, tags, field, separator: key[at] ?? SPACE };
}

function labelledKey({ measurement, tags, field }: Parts): string | undefined {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of tags) {
    if (!isLabelText(value)) return undefined;
    labels[labelName(name)] = value;
  }
  labels[NAME_LABEL] = metricName(field === 'value' ? measurement : `${measurement}_${field}`);
  return canonicalKey(labels);
}

function pathOf({ measurement, tags, field }: Parts): string | undefined {
  const host = tags.get('host');
  const others = [...tags].filter(([name]) => name !== 'host').sort(([a], [b]) => (a < b ? -1 : 1));
  const nodes = [host, ...others.map(([, value]) => value), measurement, field === 'value' ? undefined : field];
  const path = nodes
    .filter((node) => node !== undefined)
    .map((node) => node.replace(/[.\s;]/g, '_'))
    .join('.');
  return isLabelText(path) ? path : undefined;
}

function metricName(text: string): string {
  return text.replace(/[^a-zA-Z0-9_:]/g, '_').replace(/^(?=\d)/, '_');
}

function labelName(text: string): string {
  return text.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
}
