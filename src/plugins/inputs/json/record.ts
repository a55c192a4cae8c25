import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import type { RejectReason } from '#core/plugin/input.ts';
import { type InstantUnit, parseInstant } from '#core/units/instant.ts';

/** What is wrong with a record, or with one of its samples. */
export type RecordProblem = { readonly reason: RejectReason; readonly detail: string };

/** One sample as it was sent; `t` absent: now. */
export type SentSample = { readonly t: number | undefined; readonly v: number };

/** The series of a record, a canonical key, and what was sent of it. */
export type JsonRecord = { readonly key: string; readonly samples: readonly (SentSample | RecordProblem)[] };

const NAMES = ['name', 'metric', 'path', NAME_LABEL];
const LABELS = ['labels', 'tags'];
const TIMES = ['t', 'time', 'timestamp'];
const VALUES = ['v', 'value'];
const LISTS = ['samples', 'points', 'values', 'datapoints'];
const INFINITY = /^[+-]?inf(?:inity)?$/i;

/**
 * Reads `{name | metric | path, labels?, t? | time? | timestamp?, v | value}` or, instead of time and value, a list
 * `samples` (`points`, `values`, `datapoints`) of `[t, v]`. A path may carry Graphite tags: `a.b;k=v`.
 */
export function readRecord(value: unknown, unit: InstantUnit): JsonRecord | RecordProblem {
  if (!isObject(value)) return { reason: 'bad_line', detail: 'it is no object' };
  const key = keyOf(value);
  if (typeof key !== 'string') return key;
  const list = first(value, LISTS);
  if (list === undefined) return { key, samples: [sampleOf(first(value, TIMES), first(value, VALUES), unit)] };
  if (!Array.isArray(list)) return { reason: 'bad_value', detail: 'its samples are no list' };
  return { key, samples: list.map((pair) => pairOf(pair, unit)) };
}

/** True for what could not be read. */
export function isProblem(value: object): value is RecordProblem {
  return 'reason' in value;
}

function keyOf(record: Record<string, unknown>): string | RecordProblem {
  const given = first(record, LABELS) ?? {};
  if (!isObject(given)) return { reason: 'bad_key', detail: 'its labels are no object' };
  const name = first(record, NAMES) ?? given[NAME_LABEL];
  if (typeof name !== 'string' || name === '') return { reason: 'bad_key', detail: 'it has no name' };
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  const [path = '', ...tags] = name.split(';');
  for (const tag of tags) {
    const cut = tag.indexOf('=');
    if (cut < 1) return { reason: 'bad_key', detail: `"${tag}" is no tag` };
    labels[tag.slice(0, cut)] = tag.slice(cut + 1);
  }
  for (const [label, text] of Object.entries(given)) {
    if (!isScalar(text)) return { reason: 'bad_key', detail: `the label "${label}" is no text` };
    labels[label] = String(text);
  }
  for (const label of Object.keys(labels)) if (labels[label] === '') delete labels[label];
  labels[NAME_LABEL] = path.split('.').filter(Boolean).join('.');
  return canonicalKey(labels);
}

function pairOf(pair: unknown, unit: InstantUnit): SentSample | RecordProblem {
  if (Array.isArray(pair) && pair.length === 2) return sampleOf(pair[0], pair[1], unit);
  if (isObject(pair)) return sampleOf(first(pair, TIMES), first(pair, VALUES), unit);
  return { reason: 'bad_line', detail: 'a sample that is no pair of time and value' };
}

function sampleOf(time: unknown, value: unknown, unit: InstantUnit): SentSample | RecordProblem {
  const v = numberOf(value);
  if (v === undefined) return { reason: 'bad_value', detail: `${shown(value)} is no number` };
  if (Number.isNaN(v)) return { reason: 'nan', detail: 'NaN is no value' };
  if (time === undefined || time === null) return { t: undefined, v };
  const t = parseInstant(time, unit);
  return t === undefined ? { reason: 'bad_time', detail: `${shown(time)} is no time` } : { t, v };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  if (INFINITY.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const number = /^[+-]?[\d.]/.test(text) ? Number(text) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}

function first(record: Record<string, unknown>, names: readonly string[]): unknown {
  const name = names.find((one) => record[one] !== undefined);
  return name === undefined ? undefined : record[name];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
