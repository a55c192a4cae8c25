import type { NativeHistogram } from '#core/model/histogram.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { CallContext, Window } from '#query/promql/function-def.ts';
import { ignoredHistograms } from './annotation-text.ts';

/** The metric name of a series, empty when it has none. */
export function metricOf(labels: Labels): string {
  return labels[NAME_LABEL] ?? '';
}

/** The floats of a window in time order. */
export function floatsOf({ samples, from, to, hasHistograms }: Window): Float64Array {
  const { v, histograms } = samples;
  const window = v.subarray(from, to);
  if (!hasHistograms || histograms === undefined) return window;
  return window.filter((_, i) => histograms[from + i] === undefined);
}

/** The histograms of a window in time order. */
export function histogramsOf({ samples, from, to }: Window): readonly NativeHistogram[] {
  const window = samples.histograms?.slice(from, to) ?? [];
  return window.filter((histogram) => histogram !== undefined);
}

/** The floats of a window for functions that pass histograms over; notes when there are both. Empty: no answer. */
export function floatsOnly(window: Window, context: CallContext, labels: Labels, argument = 0): Float64Array {
  if (window.hasHistograms && window.hasFloats) context.annotate('info', ignoredHistograms(metricOf(labels)), argument);
  return floatsOf(window);
}

/** `anchored` or `smoothed` of the matrix selector that a call is over. */
export function extensionOf({ call }: CallContext): 'anchored' | 'smoothed' | undefined {
  const argument = withoutParens(call.args[0]);
  return argument?.kind === 'matrix' ? argument.selector.extension : undefined;
}

/** An expression without the parentheses around it. */
export function withoutParens(expr: Expr | undefined): Expr | undefined {
  let inner = expr;
  while (inner?.kind === 'paren') inner = inner.expr;
  return inner;
}
