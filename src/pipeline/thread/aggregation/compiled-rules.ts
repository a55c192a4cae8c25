import type { AggregationMethod } from '#core/api/ingest-rules.ts';
import { compileAggregation, type OutputOf } from '#core/ingest-rules/aggregation-pattern.ts';
import { compileRewrites } from '#core/ingest-rules/rewrite.ts';
import { compileMatchers } from '#core/metric-query/compile-matchers.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { type Labels, labelsOfKey, NAME_LABEL } from '#core/model/labels.ts';
import { compileMapping, type Mapped } from '#core/path-mapping/path-mapping.ts';
import type { ThreadRules } from '#pipeline/protocol.ts';
import { canonicalSeries, isOwnSpelling } from '../series-name.ts';

type Feed = { readonly outputOf: OutputOf; readonly method: AggregationMethod; readonly intervalMs: number };

/** What rules say of series; asked once per series. */
export type CompiledRules = {
  /** No rule says anything of any series. */
  readonly isEmpty: boolean;
  readonly hasMapping: boolean;
  readonly mapped: (key: string) => Mapped | undefined;
  readonly isDropped: (key: string) => boolean;
  /** Names of what is made of the series are those after rewriting. */
  readonly feeds: (key: string) => { readonly name: string; readonly feed: Feed }[];
  /** The name, as Graphite spells it, under which samples of the series are stored; undefined: its own. */
  readonly rewritten: (key: string) => string | undefined;
};

const FIELD = '\x1f';

/** Puts the rules of the main thread together. Throws for a rule that cannot work; they are checked when saved. */
export function compileRules({ mapping, drops, aggregations, rewrites }: ThreadRules): CompiledRules {
  const map = compileMapping(mapping);
  const tests = drops
    .filter(({ isEnabled }) => isEnabled)
    .map(({ selector }) => compileMatchers(parseMetricQuery(selector).matchers));
  const feeds = aggregations
    .filter(({ isEnabled }) => isEnabled)
    .map((rule) => ({
      outputOf: compileAggregation(rule),
      method: rule.method,
      intervalMs: rule.frequency * 1000,
    }));
  const mapped = (key: string): Mapped | undefined => (mapping.length > 0 && isPath(key) ? map(key) : undefined);
  const { before, after, rewritten } = compileNames(rewrites);
  const isDropped = (key: string): boolean => {
    if (key === '') return false;
    const to = mapped(key);
    if (to?.action === 'drop') return true;
    return tests.length > 0 && (isSelected(labelsOfKey(key)) || (to?.action === 'map' && isSelected(to.labels)));
  };
  const isSelected = (labels: Labels): boolean => tests.some((test) => test(labels));
  return {
    isEmpty: mapping.length + tests.length + feeds.length + rewrites.length === 0,
    hasMapping: mapping.length > 0,
    mapped,
    isDropped: (key) => isDropped(key) || isDropped(canonicalSeries(rewritten(key) ?? '') ?? ''),
    feeds: (key) => {
      const path = before(graphitePath(key));
      return feeds.flatMap((feed) => {
        const name = feed.outputOf(path);
        return name === undefined ? [] : [{ name: after(name), feed }];
      });
    },
    rewritten,
  };
}

/** Names as the rules of both stages rewrite them. */
function compileNames(rewrites: ThreadRules['rewrites']) {
  const before = compileRewrites(rewrites, 'pre');
  const after = compileRewrites(rewrites, 'post');
  const rewritten = (key: string): string | undefined => {
    if (rewrites.length === 0) return undefined;
    const path = graphitePath(key);
    const name = after(before(path));
    // What Graphite cannot spell would become another series.
    return name === path || canonicalSeries(path) !== key ? undefined : name;
  };
  return { before, after, rewritten };
}

/** Only untagged paths are mapped. */
const isPath = (key: string): boolean => !key.includes(FIELD) && isOwnSpelling(key);

/** Tagged series meet aggregation rules as carbon sees them: `name;tag=value`. */
function graphitePath(key: string): string {
  if (!key.includes(FIELD)) return key;
  const { [NAME_LABEL]: name = '', ...tags } = labelsOfKey(key);
  return (
    name +
    Object.entries(tags)
      .map(([tag, value]) => `;${tag}=${value}`)
      .join('')
  );
}
