import type { Language } from '#core/api/text-query.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { printMetricQuery, printSelector, quoteText } from '#core/metric-query/print.ts';
import { type MetricQuery, PATH_LABEL } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';

/** A path or glob of Graphite, without functions. */
const PATH = /^[\w:*?[\]{},.-]+$/;
const GLOB = /[*?[\]{}]/;
const RANGES = { rate: '[$__rate_interval]', increase: '[$__interval]', delta: '[$__interval]' } as const;

/** The same question in another language; undefined where it cannot be asked there. */
export function translate(text: string, from: Language, to: Language): string | undefined {
  const written = text.trim();
  if (from === to) return written;
  const path = pathOf(written, from);
  if (path !== undefined) return pathIn(path, to);
  if (from !== 'metrics' || to !== 'promql') return undefined;
  const query = readMetricQuery(written);
  return query === undefined ? undefined : promqlOf(query);
}

function readMetricQuery(text: string): MetricQuery | undefined {
  try {
    return parseMetricQuery(text);
  } catch {
    // Half-written: there is nothing to translate yet.
    return undefined;
  }
}

/** The path that a query is, whole. */
function pathOf(text: string, language: Language): string | undefined {
  if (language === 'graphite') return PATH.test(text) && text.includes('.') ? text : undefined;
  if (language === 'promql') return /^\{\s*"([^"\\]+\.[^"\\]+)"\s*\}$/.exec(text)?.[1];
  if (language !== 'metrics') return undefined;
  const query = readMetricQuery(text);
  const [matcher, ...others] = query?.matchers ?? [];
  if (query?.fn !== 'raw' || query.aggregate !== undefined || others.length > 0) return undefined;
  return matcher?.label === PATH_LABEL && matcher.op === '=' ? matcher.value : undefined;
}

function pathIn(path: string, language: Language): string | undefined {
  switch (language) {
    case 'graphite':
      return path;
    case 'metrics':
      return printMetricQuery({ matchers: [{ label: PATH_LABEL, op: '=', value: path }], fn: 'raw' });
    case 'promql':
      return GLOB.test(path) ? `{__name__=~${quoteText(regexOfGlob(path))}}` : `{${quoteText(path)}}`;
    case 'logs':
    case 'sql':
      return undefined;
  }
}

/** A glob of Graphite as an anchored RE2 expression: `*` and `?` stay within a node. */
function regexOfGlob(glob: string): string {
  const signs: Readonly<Record<string, string>> = {
    ...{ '.': '\\.', '*': '[^.]*', '?': '[^.]' },
    ...{ '{': '(?:', '}': ')', ',': '|' },
  };
  return glob.replace(/[.*?{},]/g, (sign) => signs[sign] ?? sign);
}

function promqlOf({ matchers, fn, aggregate }: MetricQuery): string | undefined {
  if (matchers.some(({ label }) => label === PATH_LABEL)) return undefined;
  const hasName = matchers.some(({ label }) => label === NAME_LABEL);
  const selector = printSelector(hasName ? [...matchers].sort(nameFirst) : matchers);
  const inner = fn === 'raw' ? selector : `${fn}(${selector}${RANGES[fn]})`;
  if (aggregate === undefined) return inner;
  return `${aggregate.op}${aggregate.by.length === 0 ? '' : ` by (${aggregate.by.join(', ')}) `}(${inner})`;
}

function nameFirst(a: { readonly label: string }, b: { readonly label: string }): number {
  return Number(b.label === NAME_LABEL) - Number(a.label === NAME_LABEL);
}
