import { currentSamples } from '#query/promql/eval/instant-selector.ts';
import type { Interval, Pushdown, SourceSeries } from '#query/promql/source.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import type { LastOfSteps } from './prom-source-floats.ts';

/** Below this the engine takes longer to find the last samples than to hand all of them over (15 s apart), ms. */
const SHORTEST_STEP_MS = 240_000;
const FEWEST_STEPS = 10;

/** What to read for a pushed-down selector; undefined: better all samples. */
export function lastOfSteps({ fn, steps, window }: Pushdown): LastOfSteps | undefined {
  if (fn !== undefined && fn !== 'last_over_time') return undefined;
  if (steps.step < SHORTEST_STEP_MS || steps.count < FEWEST_STEPS) return undefined;
  return { steps, window, withStale: fn === undefined };
}

/** Where the windows of all steps lie. */
export const intervalOf = ({ steps: { start, step, count }, window }: LastOfSteps): Interval => ({
  from: start - window + 1,
  to: start + step * (count - 1),
});

/** The values of a series at the steps; none when no step has one. */
export function valuesAtSteps(series: SourceSeries, { steps, window }: LastOfSteps): VectorSeries[] {
  const found = currentSamples(series, steps, window);
  const values = new Float64Array(steps.count);
  const present = new Uint8Array(steps.count);
  for (let step = 0; step < found.length; step++) {
    const i = found[step]!;
    if (i < 0) continue;
    present[step] = 1;
    values[step] = series.samples.v[i]!;
  }
  return present.includes(1) ? [{ labels: series.labels, values, present }] : [];
}
