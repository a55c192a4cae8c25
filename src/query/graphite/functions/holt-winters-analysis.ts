const ALPHA = 0.1;
const BETA = 0.0035;
const GAMMA = 0.1;

/**
 * Additive Holt–Winters smoothing: for each point the forecast made one step before, and the smoothed absolute error
 * of one season before. None where nothing could be forecast. `seasonLength` in points; source of the method: Brutlag,
 * "Aberrant Behavior Detection in Time Series" (2000), with Graphite's constants.
 */
export function forecast(
  values: Float64Array,
  seasonLength: number,
): { readonly predictions: Float64Array; readonly deviations: Float64Array } {
  const seasonals = new Float64Array(values.length);
  const predictions = new Float64Array(values.length).fill(Number.NaN);
  const deviations = new Float64Array(values.length);
  const season = (of: Float64Array, i: number): number => (i >= seasonLength ? (of[i - seasonLength] ?? 0) : 0);
  let intercept = Number.NaN;
  let slope = 0;
  let next = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const actual = values[i] as number;
    predictions[i] = i === 0 ? actual : next;
    if (Number.isNaN(actual)) {
      predictions[i] = next;
      intercept = Number.NaN;
      slope = 0;
      next = Number.NaN;
      continue;
    }
    const before = Number.isNaN(intercept) ? actual : intercept;
    const seasonal = season(seasonals, i);
    intercept = ALPHA * (actual - seasonal) + (1 - ALPHA) * (before + slope);
    slope = BETA * (intercept - before) + (1 - BETA) * slope;
    seasonals[i] = GAMMA * (actual - intercept) + (1 - GAMMA) * seasonal;
    const error = Math.abs(actual - ((predictions[i] as number) || 0));
    deviations[i] = GAMMA * error + (1 - GAMMA) * season(deviations, i);
    next = intercept + slope + season(seasonals, i + 1);
  }
  return { predictions, deviations };
}
