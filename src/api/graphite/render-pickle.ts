import type { Series } from '#query/graphite/series.ts';
import { pickle } from './pickle.ts';

/** `format=pickle`: a list of dictionaries with the keys that graphite-web gives them. */
export function renderPickle(list: readonly Series[]): Uint8Array {
  return pickle(
    list.map((series) => ({
      dict: {
        name: series.name,
        start: { int: Math.trunc(series.start) },
        end: { int: Math.trunc(series.end) },
        step: { int: Math.trunc(series.step) },
        values: series.values,
        pathExpression: series.pathExpression,
        valuesPerPoint: { int: 1 },
        consolidationFunc: series.consolidation,
        xFilesFactor: series.xFilesFactor,
      },
    })),
  );
}
