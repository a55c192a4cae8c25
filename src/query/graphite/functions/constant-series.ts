import type { CallContext } from '#query/graphite/function-def.ts';
import { formatFloat } from '#query/graphite/number-format.ts';
import { filled, makeSeries, type Series } from '#query/graphite/series.ts';

/** Three equal points over the range of the request. */
export function constantSeries(context: CallContext, value: number): Series {
  const text = Number.isNaN(value) ? 'None' : formatFloat(value);
  const { from: start, until: end, xFilesFactor } = context;
  return makeSeries({
    name: text,
    pathExpression: `constantLine(${text})`,
    start,
    end,
    step: Math.max(1, Math.floor((end - start) / 2)),
    values: filled(3, value),
    xFilesFactor,
  });
}
