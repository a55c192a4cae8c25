import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { VectorSelector } from '#query/promql/ast.ts';
import { labelText, quote } from './literal-text.ts';

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Names that mean something else where a metric may stand. */
const RESERVED = /^(inf|nan|bool|ignoring|on|group_left|group_right|offset|fill|fill_left|fill_right)$/i;

/** A selector without its modifiers: `up{job="a"}`; matchers sorted, as Prometheus prints them. `bracesOnly`: the name too. */
export function selectorText(selector: VectorSelector, options: { readonly bracesOnly?: boolean } = {}): string {
  const name = options.bracesOnly === true ? undefined : plainName(selector);
  const others = selector.matchers.filter((matcher) => name === undefined || matcher.label !== NAME_LABEL);
  if (others.length === 0) return name ?? '{}';
  return `${name ?? ''}{${others.map(matcherText).sort().join(',')}}`;
}

/** The metric name when it can stand before the braces. */
function plainName(selector: VectorSelector): string | undefined {
  const names = selector.matchers.filter((matcher) => matcher.label === NAME_LABEL);
  const [only] = names;
  if (names.length !== 1 || only?.op !== '=') return undefined;
  return METRIC.test(only.value) && !RESERVED.test(only.value) ? only.value : undefined;
}

function matcherText(matcher: Matcher): string {
  if (matcher.label === NAME_LABEL && matcher.op === '=') return quote(matcher.value);
  return `${labelText(matcher.label)}${matcher.op}${quote(matcher.value)}`;
}
