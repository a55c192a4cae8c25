import type { BinaryOperator, VectorMatching } from '#query/promql/ast.ts';
import { mergeSameLabels } from '#query/promql/functions/merge-series.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { hasSamples } from './column.ts';
import { keyOfLabels } from './label-sets.ts';

type Sides = { readonly left: readonly VectorSeries[]; readonly right: readonly VectorSeries[] };

/** `and`, `or`, `unless` between two vectors. */
export function setOperation(op: BinaryOperator, sides: Sides, matching: VectorMatching): readonly VectorSeries[] {
  const keyOf = keyOfLabels(matching.on, matching.labels);
  if (op === 'and') return masked(sides.left, presenceByKey(sides.right, keyOf), keyOf, 1);
  if (op === 'unless') return masked(sides.left, presenceByKey(sides.right, keyOf), keyOf, 0);
  const added = masked(sides.right, presenceByKey(sides.left, keyOf), keyOf, 0);
  return mergeSameLabels([...sides.left, ...added]);
}

type KeyOf = (labels: VectorSeries['labels']) => string;

/** For each key, the steps at which any of its series is present. */
function presenceByKey(vector: readonly VectorSeries[], keyOf: KeyOf): Map<string, Uint8Array> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, present } of vector) {
    const key = keyOf(labels);
    const known = presence.get(key);
    if (known === undefined) presence.set(key, present.slice());
    else
      for (let step = 0; step < present.length; step++)
        known[step] = (known[step] as number) | (present[step] as number);
  }
  return presence;
}

/** The series where the other side is present (`wanted` 1) or absent (0) under the same key. */
function masked(
  vector: readonly VectorSeries[],
  presence: ReadonlyMap<string, Uint8Array>,
  keyOf: KeyOf,
  wanted: 0 | 1,
): VectorSeries[] {
  return vector.flatMap((series) => {
    const other = presence.get(keyOf(series.labels));
    if (other === undefined) return wanted === 0 ? [series] : [];
    const kept = { ...series, present: series.present.map((is, step) => (other[step] === wanted ? is : 0)) };
    return hasSamples(kept) ? [kept] : [];
  });
}
