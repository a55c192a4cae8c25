import { z } from 'zod';
import { escapedUnitWord, unitWords } from './units.ts';

/** How names become Prometheus' names: `underscores` for all that its old names cannot hold, or `utf8` as they are. */
export const Translation = z.enum(['underscores', 'utf8']);
export type Translation = z.infer<typeof Translation>;

/** Counters end in `_total`; gauges of the unit 1 are ratios. */
export type NamedKind = 'counter' | 'gauge' | 'other';
export type NamedMetric = { readonly name: string; readonly unit: string; readonly kind: NamedKind };

/** The Prometheus name of a metric, with suffixes for its unit and kind; '' when nothing of it can stand in a name. */
export function metricName(metric: NamedMetric, translation: Translation): string {
  return translation === 'utf8' ? suffixedName(metric) : escapedName(metric);
}

function suffixOf({ unit, kind }: NamedMetric): string {
  if (kind === 'counter') return 'total';
  return kind === 'gauge' && unit === '1' ? 'ratio' : '';
}

/** Words that are there already are not repeated, wherever they stand (otlptranslator, `normalizeName`). */
function escapedName(metric: NamedMetric): string {
  const words = metric.name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  if (words.length === 0) return '';
  const { main, per } = unitWords(metric.unit);
  const mainWord = escapedUnitWord(main);
  const perWord = escapedUnitWord(per).replace(/_$/, '');
  const added: string[] = [];
  if (!words.includes(mainWord)) added.push(perWord === '' ? mainWord : mainWord.replace(/_$/, ''));
  if (perWord !== 'per' && !words.includes(perWord)) added.push(perWord);
  const suffix = suffixOf(metric);
  const all = [...words, ...added].filter((word) => word !== '' && word !== suffix);
  const name = [...all, suffix].filter(Boolean).join('_');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** otlptranslator, `buildMetricName`: the same suffixes at the end of the name as it is. */
function suffixedName(metric: NamedMetric): string {
  if (metric.name === '') return '';
  const { main, per } = unitWords(metric.unit);
  const suffix = suffixOf(metric);
  let name = withoutSuffix(withoutSuffix(metric.name, suffix), per);
  if (!name.endsWith(main)) name += `_${main}`;
  return [name, per, suffix].filter(Boolean).join('_');
}

/** Together with the character before it, whatever that is. */
function withoutSuffix(name: string, suffix: string): string {
  const isThere = suffix !== '' && name.endsWith(suffix) && name.length > suffix.length + 1;
  return isThere ? name.slice(0, -suffix.length - 1) : name;
}

/** The label of an attribute (otlptranslator, `LabelNamer`). */
export function labelName(key: string, translation: Translation): string {
  if (translation === 'utf8') return key;
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_');
  if (/^_*$/.test(name)) return '';
  if (/^\d/.test(name)) return `key_${name}`;
  return name.startsWith('_') && !name.startsWith('__') ? `key${name}` : name;
}

/** The unit of a metric in Prometheus' words: `bytes_per_second`. */
export function unitName(unit: string): string {
  const { main, per } = unitWords(unit);
  return [escapedUnitWord(main), escapedUnitWord(per)].filter(Boolean).join('_').replace(/_$/, '');
}
