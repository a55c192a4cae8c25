export { allBuckets, type Bucket } from './all-buckets.ts';
export { toApiHistogram } from './api-histogram.ts';
export {
  addHistograms,
  type Combined,
  divideHistogram,
  scaleHistogram,
  subtractHistograms,
} from './arithmetic.ts';
export { isResetBetween } from './detect-reset.ts';
export { equalHistograms } from './equals.ts';
export { fractionOf } from './fraction.ts';
export { quantileOf } from './quantile.ts';
export { compact, reduceTo, usesCustomBuckets } from './resolution.ts';
export { meanOfHistograms, sumOfHistograms, type Total } from './total.ts';
export { varianceOf } from './variance.ts';
