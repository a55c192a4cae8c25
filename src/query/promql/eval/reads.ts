import type { Matcher } from '#core/metric-query/query.ts';
import type { Expr, VectorSelector } from '#query/promql/ast.ts';
import type { Pushdown, PushedFunction, SourceSeries } from '#query/promql/source.ts';
import type { Steps, VectorSeries } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import { unwrapParens } from './expression.ts';
import { referenceTimes, selectInterval, subquerySteps } from './times.ts';

const PUSHED_FUNCTIONS = new Set<string>([
  'rate',
  'increase',
  'delta',
  'irate',
  'idelta',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
] satisfies PushedFunction[]);

/** What was read for a selector: samples, or its values at the steps where the source could tell them itself. */
export type Read = { readonly series: readonly SourceSeries[] } | { readonly pushed: readonly VectorSeries[] };

/** By the node that it was read for: an instant selector, or a matrix selector. */
export type Reads = ReadonlyMap<Expr, Read>;

type Wish = {
  readonly node: Expr;
  readonly matchers: readonly Matcher[];
  readonly interval: { readonly from: number; readonly to: number } | undefined;
  readonly pushdown?: Pushdown;
};

/** Reads all that the expression selects, each thing once, all at the same time. */
export async function readSelectors(expr: Expr, steps: Steps, evaluation: Evaluation): Promise<Reads> {
  const distinct = new Map<string, Promise<Read>>();
  const loads = wishesOf(expr, steps, evaluation).map(async (wish): Promise<[Expr, Read]> => {
    const key = JSON.stringify([wish.matchers, wish.interval, wish.pushdown]);
    let load = distinct.get(key);
    if (load === undefined) distinct.set(key, (load = read(wish, evaluation)));
    return [wish.node, await load];
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

function wishesOf(expr: Expr, outer: Steps, evaluation: Evaluation): Wish[] {
  const steps = evaluation.invariance.scopeOf(expr, outer);
  const inside = (child: Expr): Wish[] => wishesOf(child, steps, evaluation);
  switch (expr.kind) {
    case 'number':
    case 'string':
      return [];
    case 'selector':
      return [
        wishOf({ node: expr, selector: expr, window: evaluation.options.lookback, fn: undefined }, steps, evaluation),
      ];
    case 'matrix':
      return [wishOf({ node: expr, selector: expr.selector, window: expr.range }, steps, evaluation)];
    case 'subquery':
      return wishesOf(expr.expr, subquerySteps(expr, steps, evaluation), evaluation);
    case 'call':
      return wishesOfCall(expr, steps, evaluation);
    case 'aggregate':
      return [...inside(expr.expr), ...(expr.param === undefined ? [] : inside(expr.param))];
    case 'binary':
      return [...inside(expr.left), ...inside(expr.right)];
    case 'unary':
    case 'paren':
      return inside(expr.expr);
  }
}

function wishesOfCall(call: Extract<Expr, { kind: 'call' }>, steps: Steps, evaluation: Evaluation): Wish[] {
  const args = call.args.map(unwrapParens);
  const [first] = args;
  const fn = evaluation.options.functions.get(call.name);
  if (fn?.kind === 'whole' && fn.secondSelector !== undefined && first !== undefined) {
    return wishesOf(first, steps, evaluation);
  }
  if (fn?.kind === 'whole' && fn.needsSampleTimes === true && first?.kind === 'selector') {
    return [wishOf({ node: first, selector: first, window: evaluation.options.lookback }, steps, evaluation)];
  }
  if (PUSHED_FUNCTIONS.has(call.name) && first?.kind === 'matrix') {
    const pushed = call.name as PushedFunction;
    return [wishOf({ node: first, selector: first.selector, window: first.range, fn: pushed }, steps, evaluation)];
  }
  return args.flatMap((arg) => wishesOf(arg, steps, evaluation));
}

type WishSpec = {
  readonly node: Expr;
  readonly selector: VectorSelector;
  readonly window: number;
  /** Absent: the samples themselves are wanted. */
  readonly fn?: PushedFunction | undefined;
};

function wishOf(spec: WishSpec, steps: Steps, evaluation: Evaluation): Wish {
  const { node, selector, window } = spec;
  const { matchers, extension } = selector;
  const times = referenceTimes(selector, steps, evaluation);
  const { lookback } = evaluation.options;
  const interval = selectInterval(
    times,
    extension === undefined || node.kind === 'selector' ? window : window + lookback,
  );
  if (interval !== undefined && extension === 'smoothed') {
    return { node, matchers, interval: { from: interval.from, to: interval.to + lookback } };
  }
  const canPush = 'fn' in spec && extension === undefined && evaluation.options.source.pushdown !== undefined;
  if (!canPush) return { node, matchers, interval };
  return { node, matchers, interval, pushdown: { matchers, steps: times, fn: spec.fn, window } };
}
