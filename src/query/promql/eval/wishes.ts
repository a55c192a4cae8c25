import type { Matcher } from '#core/metric-query/query.ts';
import type { Expr, VectorSelector } from '#query/promql/ast.ts';
import type { Interval, Pushdown, PushedFunction } from '#query/promql/source.ts';
import type { Steps } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import { unwrapParens } from './expression.ts';
import { type StatsUse, statsUseOf } from './reset-hints.ts';
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

/** Something to be read, and the node that it is for. */
export type Wish = {
  readonly node: Expr;
  readonly matchers: readonly Matcher[];
  readonly interval: Interval | undefined;
  readonly pushdown?: Pushdown;
  /** Histograms are to say whether there was a reset before them. */
  readonly needsHints: boolean;
};

/** Where an expression stands: the steps at which it is evaluated, and what is asked of histograms around it. */
export type Scope = { readonly steps: Steps; readonly evaluation: Evaluation; readonly stats: StatsUse };

/** What an expression selects at these steps. */
export function wishesOf(expr: Expr, outer: Scope): Wish[] {
  const { evaluation } = outer;
  const scope = { ...outer, steps: evaluation.invariance.scopeOf(expr, outer.steps) };
  const inside = (child: Expr): Wish[] => wishesOf(child, scope);
  switch (expr.kind) {
    case 'number':
    case 'string':
      return [];
    case 'selector':
      return [wishOf({ node: expr, selector: expr, window: evaluation.options.lookback, fn: undefined }, scope)];
    case 'matrix':
      return [wishOf({ node: expr, selector: expr.selector, window: expr.range }, scope)];
    case 'subquery':
      return wishesOf(expr.expr, { evaluation, steps: subquerySteps(expr, scope.steps, evaluation), stats: 'never' });
    case 'call':
      return wishesOfCall(expr, { ...scope, stats: statsUseOf(expr.name, scope.stats) });
    case 'aggregate':
      return [...inside(expr.expr), ...(expr.param === undefined ? [] : inside(expr.param))];
    case 'binary':
      return [...inside(expr.left), ...inside(expr.right)];
    case 'unary':
    case 'paren':
      return inside(expr.expr);
  }
}

function wishesOfCall(call: Extract<Expr, { kind: 'call' }>, scope: Scope): Wish[] {
  const { evaluation } = scope;
  const args = call.args.map(unwrapParens);
  const [first] = args;
  const fn = evaluation.options.functions.get(call.name);
  if (fn?.kind === 'whole' && fn.secondSelector !== undefined && first !== undefined) {
    return wishesOf(first, scope);
  }
  if (fn?.kind === 'whole' && fn.needsSampleTimes === true && first?.kind === 'selector') {
    return [wishOf({ node: first, selector: first, window: evaluation.options.lookback }, scope)];
  }
  if (PUSHED_FUNCTIONS.has(call.name) && first?.kind === 'matrix') {
    const pushed = call.name as PushedFunction;
    return [wishOf({ node: first, selector: first.selector, window: first.range, fn: pushed }, scope)];
  }
  return args.flatMap((arg) => wishesOf(arg, scope));
}

type WishSpec = {
  readonly node: Expr;
  readonly selector: VectorSelector;
  readonly window: number;
  /** Absent: the samples themselves are wanted. */
  readonly fn?: PushedFunction | undefined;
};

function wishOf(spec: WishSpec, { steps, evaluation, stats }: Scope): Wish {
  const { node, selector, window } = spec;
  const { matchers, extension } = selector;
  const times = referenceTimes(selector, steps, evaluation);
  const { lookback } = evaluation.options;
  const needsHints = stats === 'yes';
  // A hint is told by the sample before, which may lie before the window.
  const isLonger = needsHints || (extension !== undefined && node.kind !== 'selector');
  const interval = selectInterval(times, isLonger ? window + lookback : window);
  if (interval !== undefined && extension === 'smoothed') {
    return { node, matchers, needsHints, interval: { from: interval.from, to: interval.to + lookback } };
  }
  const canPush = 'fn' in spec && extension === undefined && evaluation.options.source.pushdown !== undefined;
  if (!canPush) return { node, matchers, needsHints, interval };
  return { node, matchers, needsHints, interval, pushdown: { matchers, steps: times, fn: spec.fn, window } };
}
