import { AppError } from '#core/errors.ts';
import { createColumn, hasSamples, setSample } from './eval/column.ts';
import { instantColumn } from './eval/instant-selector.ts';
import { createWindows, withoutStale } from './eval/windows.ts';
import type { CallContext, PromFunction } from './function-def.ts';
import type { Pushdown, PushedFunction, SourceSeries } from './source.ts';
import type { VectorSeries } from './value.ts';

/** What a series without histograms has at the steps; undefined when no step has a value. */
export type ValuesAtSteps = (series: SourceSeries) => VectorSeries | undefined;

/** Evaluates a pushed-down selector series by series with the functions of the language, for sources that read piecemeal. */
export function pushedValues(pushed: Pushdown, functions: ReadonlyMap<string, PromFunction>): ValuesAtSteps {
  const { fn: name, steps, window } = pushed;
  const filled = (column: VectorSeries): VectorSeries | undefined => (hasSamples(column) ? column : undefined);
  if (name === undefined) return (series) => filled(instantColumn(series, steps, window));
  const fn = functions.get(name);
  if (fn?.kind !== 'range') throw new AppError('internal', `"${name}" is no function over a range`);
  const context = contextOf(pushed, name);
  const matrix = { steps, times: steps, range: window, before: 0, after: 0 };
  return ({ labels, samples }) => {
    const windowAt = createWindows(withoutStale(samples), matrix);
    const ofFloats = samples.histograms === undefined ? fn.ofFloats : undefined;
    const column = createColumn(labels, steps.count, false);
    for (let step = 0; step < steps.count; step++) {
      const found = windowAt(step);
      if (found.to === found.from) continue;
      const sample = ofFloats === undefined ? fn.evaluate(found, [], context, labels) : ofFloats(found);
      if (sample !== undefined) setSample(column, step, sample);
    }
    return filled(column);
  };
}

/** The call as it stands in a query; what is to be said of its series the evaluator says itself. */
function contextOf({ matchers, steps, window }: Pushdown, name: PushedFunction): CallContext {
  const span = { from: 0, to: 0 };
  const selector = { ...span, kind: 'selector', matchers, offset: 0 } as const;
  const matrix = { ...span, kind: 'matrix', selector, range: window } as const;
  return { steps, call: { ...span, kind: 'call', name, args: [matrix] }, annotate: () => undefined };
}
