import type { PromFunction } from '#query/promql/function-def.ts';
import { createNameNote } from './counter-names.ts';
import { extrapolatedRate, floatRate, type RateKind } from './extrapolated-rate.ts';
import { instantRate } from './instant-rate.ts';
import { rangeFunction } from './range-function.ts';

type RangeFunction = Extract<PromFunction, { kind: 'range' }>;

function extrapolated(name: string, help: string, kind: RateKind): PromFunction {
  const noteName = createNameNote();
  const evaluate: RangeFunction['evaluate'] = (window, _scalars, context, labels) => {
    if (kind.isCounter && window.hasFloats) noteName(labels, context);
    return extrapolatedRate(kind, window, context, labels);
  };
  return rangeFunction(name, help, evaluate, {
    ofFloats: (window) => floatRate(kind, window),
    ...(kind.isCounter ? { noteSeries: noteName } : {}),
  });
}

const instant = (name: string, help: string, isRate: boolean): PromFunction =>
  rangeFunction(name, help, (window, _scalars, context, labels) => instantRate(isRate, window, context, labels));

/** `rate`, `increase`, `delta`, `irate`, `idelta`. */
export const createRateFunctions = (): readonly PromFunction[] => [
  extrapolated('rate', 'Per-second average rate of increase of a counter over the range.', {
    isCounter: true,
    isRate: true,
  }),
  extrapolated('increase', 'Increase of a counter over the range.', { isCounter: true, isRate: false }),
  extrapolated('delta', 'Difference between the first and last value of a gauge over the range.', {
    isCounter: false,
    isRate: false,
  }),
  instant('irate', 'Per-second rate of increase of a counter between the last two samples of the range.', true),
  instant('idelta', 'Difference between the last two samples of a gauge.', false),
];
