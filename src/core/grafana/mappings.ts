import { ValueMapping } from '#core/api/panel-display.ts';
import { asText, isObject, type JsonObject } from './json-reader.ts';
import { valueColour } from './named-colours.ts';
import type { NoteTaker } from './report.ts';

const MAX = 100;
const MAX_TEXT = 200;
const EMPTY = new Set(['null', 'nan', 'null+nan', 'empty']);

/** Value mappings of any age; `what` names them in the report. */
export function convertMappings(list: readonly unknown[], what: string, notes: NoteTaker): ValueMapping[] {
  const found = list.flatMap((mapping) => (isObject(mapping) ? mappingsOf(mapping) : []));
  const valid = found.flatMap((each) => {
    const read = ValueMapping.safeParse(each);
    if (!read.success) notes.approximated(what, `${asText(each['text'])} for ${asText(each)} is left out`);
    return read.success ? [read.data] : [];
  });
  if (valid.length > MAX) notes.approximated(what, `the first ${MAX} of ${valid.length}`);
  return valid.slice(0, MAX);
}

/** A text in place of no value. */
export function noValueMapping(text: string): ValueMapping {
  return { kind: 'special', match: 'empty', text: text.slice(0, MAX_TEXT) };
}

function mappingsOf(mapping: JsonObject): JsonObject[] {
  const { type, options } = mapping;
  if (!isObject(options)) return oldMapping(mapping);
  if (type === 'value') {
    return Object.entries(options)
      .toSorted(([, a], [, b]) => indexOf(a) - indexOf(b))
      .map(([value, result]) => ({ kind: 'value', value, ...shown(result) }));
  }
  const result = shown(options['result']);
  if (type === 'range') return [{ kind: 'range', ...endsOf(options), ...result }];
  if (type === 'regex') return [{ kind: 'regex', pattern: asText(options['pattern'] ?? ''), ...result }];
  const match = asText(options['match'] ?? '').toLowerCase();
  if (EMPTY.has(match)) return [{ kind: 'special', match: 'empty', ...result }];
  return match === 'true' || match === 'false' ? [{ kind: 'value', value: match, ...result }] : [];
}

/** Before version 8, and of `singlestat`: `{value, text}` and `{from, to, text}`. */
function oldMapping({ value, from, to, text, type }: JsonObject): JsonObject[] {
  const result = { text: asText(text ?? '').slice(0, MAX_TEXT) };
  const isRange = type === 2 || (value === undefined && (from !== undefined || to !== undefined));
  if (isRange) {
    if (from === 'null' || to === 'null') return [{ kind: 'special', match: 'empty', ...result }];
    return [{ kind: 'range', ...endsOf({ from, to }), ...result }];
  }
  if (value === undefined) return [];
  if (value === 'null' || value === null) return [{ kind: 'special', match: 'empty', ...result }];
  return [{ kind: 'value', value: asText(value), ...result }];
}

function shown(result: unknown): JsonObject {
  if (!isObject(result)) return { text: asText(result ?? '').slice(0, MAX_TEXT) };
  const { text, color } = result;
  const colour = typeof color === 'string' ? valueColour(color) : undefined;
  return { text: asText(text ?? '').slice(0, MAX_TEXT), ...(colour === undefined ? {} : { colour }) };
}

const indexOf = (result: unknown): number =>
  isObject(result) && typeof result['index'] === 'number' ? result['index'] : 0;

/** Ends that are written; an absent or an infinite one is open. */
function endsOf({ from, to }: JsonObject): JsonObject {
  const end = (value: unknown): number =>
    value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  const [low, high] = [end(from), end(to)];
  return { ...(Number.isFinite(low) ? { from: low } : {}), ...(Number.isFinite(high) ? { to: high } : {}) };
}
