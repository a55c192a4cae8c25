import type { Expr } from '#query/promql/ast.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import type { Steps, VectorSeries } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import { withResetHints } from './reset-hints.ts';
import { type Wish, wishesOf } from './wishes.ts';

/** What was read for a selector: samples, or its values at the steps where the source could tell them itself. */
export type Read = { readonly series: readonly SourceSeries[] } | { readonly pushed: readonly VectorSeries[] };

/** By the node that it was read for: an instant selector, or a matrix selector. */
export type Reads = ReadonlyMap<Expr, Read>;

/** Reads all that the expression selects, each thing once, all at the same time. */
export async function readSelectors(expr: Expr, steps: Steps, evaluation: Evaluation): Promise<Reads> {
  const distinct = new Map<string, Promise<Read>>();
  const loads = wishesOf(expr, { steps, evaluation, stats: 'no' }).map(async (wish): Promise<[Expr, Read]> => {
    const key = JSON.stringify([wish.matchers, wish.interval, wish.pushdown]);
    let load = distinct.get(key);
    if (load === undefined) distinct.set(key, (load = read(wish, evaluation)));
    const found = await load;
    if (!wish.needsHints || !('series' in found)) return [wish.node, found];
    return [wish.node, { series: found.series.map(withResetHints) }];
  });
  return new Map(await Promise.all(loads));
}

async function read({ matchers, interval, pushdown }: Wish, evaluation: Evaluation): Promise<Read> {
  const { source, signal } = evaluation.options;
  if (interval === undefined) return { series: [] };
  const pushed = pushdown === undefined ? undefined : await source.pushdown?.(pushdown, { signal });
  if (pushed !== undefined) {
    evaluation.hold(pushed.reduce((sum, { values }) => sum + values.length, 0));
    return { pushed };
  }
  const series = await source.select(matchers, interval, { signal });
  evaluation.hold(series.reduce((sum, { samples }) => sum + samples.t.length, 0));
  return { series };
}
