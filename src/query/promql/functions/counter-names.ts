import type { Labels } from '#core/model/labels.ts';
import type { CallContext } from '#query/promql/function-def.ts';
import { possiblyNoCounter } from './annotation-text.ts';
import { metricOf } from './window-samples.ts';

const COUNTER_NAME = /_(?:total|sum|count|bucket)$/;

/**
 * Notes floats whose name is not that of a counter. Called for every window, so it remembers the last name of a call: one
 * look-up instead of a text a window.
 */
export function createNameNote(): (labels: Labels, context: CallContext) => void {
  const last = new WeakMap<CallContext, string>();
  return (labels, context) => {
    const metric = metricOf(labels);
    if (last.get(context) === metric) return;
    last.set(context, metric);
    if (metric !== '' && !COUNTER_NAME.test(metric)) context.annotate('info', possiblyNoCounter(metric), 0);
  };
}
