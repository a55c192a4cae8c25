import type { Reducer, ReducerOptions } from './reducer.ts';

/** `count` and `group`: floats and histograms alike. */
export function countReducer({ op, count }: ReducerOptions): Reducer {
  const seen = new Float64Array(count);
  return {
    add: ({ present }) => {
      for (let step = 0; step < count; step++) seen[step] = (seen[step] as number) + (present[step] as number);
    },
    finish: ({ present, values }) => {
      for (let step = 0; step < count; step++) {
        if (seen[step] === 0) continue;
        present[step] = 1;
        values[step] = op === 'group' ? 1 : (seen[step] as number);
      }
    },
  };
}

/** The note of an aggregation that has no meaning for histograms and leaves them out. */
export const ignoredHistograms = (op: string): string => `ignored histogram in ${op} aggregation`;

/** `min` and `max`: NaN only where there is nothing else; histograms are left out. */
export function extremeReducer({ op, count, annotate }: ReducerOptions): Reducer {
  const best = new Float64Array(count);
  const seen = new Uint8Array(count);
  const isBetter = op === 'min' ? (a: number, b: number): boolean => a < b : (a: number, b: number): boolean => a > b;
  return {
    add: ({ values, present, histograms }) => {
      for (let step = 0; step < count; step++) {
        if (present[step] !== 1) continue;
        if (histograms?.[step] !== undefined) {
          annotate('info', ignoredHistograms(op));
          continue;
        }
        const value = values[step] as number;
        const known = best[step] as number;
        if (seen[step] === 0 || isBetter(value, known) || Number.isNaN(known)) best[step] = value;
        seen[step] = 1;
      }
    },
    finish: ({ values, present }) => {
      values.set(best);
      present.set(seen);
    },
  };
}

/** `stddev` and `stdvar` by Welford's algorithm; histograms are left out. */
export function deviationReducer({ op, count, annotate }: ReducerOptions): Reducer {
  const seen = new Float64Array(count);
  const mean = new Float64Array(count);
  const squares = new Float64Array(count);
  return {
    add: ({ values, present, histograms }) => {
      for (let step = 0; step < count; step++) {
        if (present[step] !== 1) continue;
        if (histograms?.[step] !== undefined) {
          annotate('info', ignoredHistograms(op));
          continue;
        }
        const value = values[step] as number;
        const n = (seen[step] as number) + 1;
        seen[step] = n;
        const delta = value - (mean[step] as number);
        mean[step] = (mean[step] as number) + delta / n;
        squares[step] = (squares[step] as number) + delta * (value - (mean[step] as number));
      }
    },
    finish: ({ values, present }) => {
      for (let step = 0; step < count; step++) {
        if (seen[step] === 0) continue;
        const variance = (squares[step] as number) / (seen[step] as number);
        present[step] = 1;
        values[step] = op === 'stdvar' ? variance : Math.sqrt(variance);
      }
    },
  };
}
