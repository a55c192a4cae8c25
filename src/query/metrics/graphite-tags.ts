import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { graphiteName } from './graphite-source-name.ts';

const EXPRESSION = /^([^;!^=~]+)(!=~|=~|!=|=)(.*)$/s;

/**
 * The matchers of `seriesByTag` expressions (`name=x`, `host=~a.*`, `dc!=b`, `rack!=~c`). Graphite anchors an expression
 * at its beginning only. Throws `bad_query` when one is malformed.
 */
export function tagMatchers(expressions: readonly string[]): Matcher[] {
  return expressions.map((expression) => {
    const [, tag, operator, value] = EXPRESSION.exec(expression) ?? [];
    if (tag === undefined || operator === undefined || value === undefined) {
      throw new AppError('bad_query', `'${expression}' is no tag expression such as host=web-1 or host=~web.*`);
    }
    const label = tag === 'name' ? NAME_LABEL : tag;
    if (operator === '=' || operator === '!=') return { label, op: operator, value };
    return { label, op: operator === '=~' ? '=~' : '!~', value: `(?:${value}).*` };
  });
}

/** A path that names a series by its tags. */
export type TaggedPath = {
  /** As Graphite writes it, tags in order. */
  readonly name: string;
  /** Expressions that the series satisfies; others with more tags do too. */
  readonly expressions: readonly string[];
};

/** Reads `name;tag=value;…`, as answers name series with tags; undefined: a path without tags. */
export function taggedPath(pattern: string): TaggedPath | undefined {
  const [name = '', ...tags] = pattern.split(';');
  if (tags.length === 0) return undefined;
  const labels = Object.fromEntries(tags.map((tag) => [tag.split('=', 1)[0] ?? '', tag.slice(tag.indexOf('=') + 1)]));
  return { name: graphiteName({ ...labels, [NAME_LABEL]: name }).name, expressions: [`name=${name}`, ...tags] };
}
