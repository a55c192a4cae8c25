import { RE2JS } from 're2js';
import { AppError, messageOf } from '#core/errors.ts';
import { type Matcher, PATH_LABEL } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { textLiteral } from './literal.ts';
import { globCondition } from './path-condition.ts';
import type { TimeRange } from './series-source.ts';

/** A row with labels is named by its metric; one without is an untagged Graphite series, whose name is its path. */
export const NAME_COLUMN = 'if(empty(labels), path, metric)';

/** `last_seen` is written about once a day: a series may be this much younger than its row says. */
const SEEN_SLACK_SECONDS = 2 * 86_400;

/** The WHERE condition on `nocmate.series` for all matchers; regular expressions are RE2, anchored at both ends. */
export function seriesCondition(matchers: readonly Matcher[], range?: TimeRange): string {
  const conditions = matchers.map((matcher) => {
    if (matcher.label === PATH_LABEL) return pathMatcher(matcher);
    return matcher.label === NAME_LABEL ? nameCondition(matcher) : labelCondition(matcher);
  });
  if (range !== undefined) conditions.push(seenCondition(range));
  return conditions.length === 0 ? '1' : conditions.map((condition) => `(${condition})`).join(' AND ');
}

/** Rows of the catalogue that were seen in or after the range's first day. */
export function seenCondition(range: TimeRange): string {
  return `last_seen >= toDateTime(${Math.max(0, Math.floor(range.from / 1000) - SEEN_SLACK_SECONDS)})`;
}

function pathMatcher({ op, value }: Matcher): string {
  if (op !== '=') throw new AppError('bad_query', `${PATH_LABEL} is matched by glob, with '='; not with '${op}'`);
  return globCondition(value);
}

function nameCondition({ op, value }: Matcher): string {
  switch (op) {
    case '=':
      return value.includes('.') ? dottedName(value) : plainName(value);
    case '!=':
      return `${NAME_COLUMN} != ${textLiteral(value)}`;
    case '!~':
      return `NOT match(${NAME_COLUMN}, ${anchored(value)})`;
    case '=~':
      return `(match(${NAME_COLUMN}, ${anchored(value)}) OR path != '' AND match(path, ${anchored(value)})) AND family IN (${familiesOf(anchored(value))})`;
  }
}

/** A name without dots is the metric itself: its hash is the first part of the order key, but for mapped paths. */
const plainName = (name: string): string =>
  `family IN (${plainFamilies(name)}) AND metric = ${textLiteral(name)} AND notEmpty(labels)`;

const plainFamilies = (name: string): string =>
  `SELECT xxHash32(${textLiteral(name)}) UNION ALL SELECT family FROM nocmate.mapped_names WHERE name = ${textLiteral(name)}`;

const dottedName = (name: string): string =>
  `(family, id) IN (SELECT family, id FROM nocmate.paths WHERE level = ${name.split('.').length} AND path = ${textLiteral(name)}` +
  ` UNION ALL SELECT family, id FROM nocmate.series WHERE has(kv, ${textLiteral(`${NAME_LABEL}=${name}`)}))`;

const familiesOf = (pattern: string): string =>
  `SELECT xxHash32(value) FROM nocmate.label_values WHERE key = '${NAME_LABEL}' AND match(value, ${pattern})` +
  ` UNION ALL SELECT family FROM nocmate.mapped_names WHERE match(name, ${pattern})` +
  ` UNION ALL SELECT family FROM nocmate.paths WHERE level < 100 AND match(path, ${pattern})`;

function labelCondition({ label, op, value }: Matcher): string {
  const column = `labels[${textLiteral(label)}]`;
  switch (op) {
    case '=':
      return value === '' ? `${column} = ''` : `has(kv, ${textLiteral(`${label}=${value}`)})`;
    case '!=':
      return `${column} != ${textLiteral(value)}`;
    case '!~':
      return `NOT match(${column}, ${anchored(value)})`;
    case '=~':
      return matchesEmpty(value) ? `match(${column}, ${anchored(value)})` : `hasAny(kv, ${expansion(label, value)})`;
  }
}

/** The `label=value` tokens that the expression selects, so that the text index finds the series. */
const expansion = (label: string, pattern: string): string =>
  `(SELECT groupUniqArray(concat(${textLiteral(`${label}=`)}, value)) FROM nocmate.label_values` +
  ` WHERE key = ${textLiteral(label)} AND match(value, ${anchored(pattern)}))`;

/** An absent label is an empty one: an expression that matches '' selects series without the label too. */
const matchesEmpty = (pattern: string): boolean => compile(pattern).matches('');

const anchored = (pattern: string): string => {
  compile(pattern);
  return textLiteral(`^(?:${pattern})$`);
};

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new AppError('bad_query', `'${pattern}' is no RE2 expression: ${messageOf(error)}`, { cause: error });
  }
}
