import { RE2JS } from 're2js';
import type { AggregationRule } from '../api/ingest-rules.ts';
import { AppError } from '../errors.ts';

/** The name of what a path is aggregated into; undefined: the rule does not take it. */
export type OutputOf = (path: string) => string | undefined;

const FIELD = /<<(\w+)>>|<(\w+)>|\*\*|\*/g;
const PLACE = /<<?(\w+)>>?/g;

/**
 * The input pattern of a carbon aggregation rule: `<a>` takes part of a node, `<<a>>` more than one, `*` a node's part
 * without a name. RE2: linear time. Throws `bad_request` for an output that names a field which is not taken.
 */
export function compileAggregation({ input, output }: AggregationRule): OutputOf {
  const fields: string[] = [];
  let at = 0;
  let pattern = '';
  for (const found of input.matchAll(FIELD)) {
    pattern += RE2JS.quote(input.slice(at, found.index)) + fieldPattern(found, fields);
    at = found.index + found[0].length;
  }
  const whole = RE2JS.compile(pattern + RE2JS.quote(input.slice(at)));
  for (const [, field = ''] of output.matchAll(PLACE)) {
    if (fields.includes(field)) continue;
    throw new AppError(
      'bad_request',
      `the output "${output}" names <${field}>, which the input "${input}" does not take`,
    );
  }
  return (path) => {
    const match = whole.matcher(path);
    if (!match.matches()) return undefined;
    return output.replace(PLACE, (_, field: string) => match.group(fields.indexOf(field) + 1) ?? '');
  };
}

/** A field that stands twice takes its first place's part. */
function fieldPattern([text, many, one]: RegExpExecArray, fields: string[]): string {
  const field = many ?? one;
  if (field === undefined) return text === '**' ? '.*' : '[^.]*';
  if (fields.includes(field)) return many === undefined ? '[^.]+?' : '.+?';
  fields.push(field);
  return many === undefined ? '([^.]+?)' : '(.+?)';
}
