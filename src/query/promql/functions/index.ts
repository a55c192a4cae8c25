import type { PromFunction } from '#query/promql/function-def.ts';
import { absentFunctions } from './absent.ts';
import { changeFunctions } from './changes.ts';
import { dateFunctions } from './dates.ts';
import { histogramQuantileFunctions } from './histogram-quantile.ts';
import { infoFunctions } from './info.ts';
import { labelFunctions } from './labels.ts';
import { mathFunctions } from './math.ts';
import { nativeHistogramFunctions } from './native-histograms.ts';
import { overTimeFunctions } from './over-time.ts';
import { createRateFunctions } from './rates.ts';
import { regressionFunctions } from './regression.ts';
import { sampleOfRangeFunctions } from './sample-of-range.ts';
import { scalarFunctions } from './scalars.ts';
import { sortFunctions } from './sorting.ts';
import { trigonometryFunctions } from './trigonometry.ts';

export { mergeSameLabels } from './merge-series.ts';

/** Every function of PromQL by its name: those of Prometheus 3.5 and the experimental ones, which are marked. */
export function createFunctions(): ReadonlyMap<string, PromFunction> {
  const all: readonly PromFunction[] = [
    ...absentFunctions,
    ...changeFunctions,
    ...dateFunctions,
    ...histogramQuantileFunctions,
    ...infoFunctions,
    ...labelFunctions,
    ...mathFunctions,
    ...nativeHistogramFunctions,
    ...overTimeFunctions,
    ...createRateFunctions(),
    ...regressionFunctions,
    ...sampleOfRangeFunctions,
    ...scalarFunctions,
    ...sortFunctions,
    ...trigonometryFunctions,
  ];
  return new Map(all.map((fn) => [fn.name, fn]));
}
