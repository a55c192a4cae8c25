import type { BinaryOperator, VectorMatching } from '#query/promql/ast.ts';
import { mergeSameLabels } from '#query/promql/functions/index.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { hasSamples } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { keyOfLabels } from './label-sets.ts';

type Sides = { readonly left: readonly VectorSeries[]; readonly right: readonly VectorSeries[] };

/** `and`, `or`, `unless` between two vectors. */
export async function setOperation(
  op: BinaryOperator,
  { left, right }: Sides,
  matching: VectorMatching,
  evaluation: Evaluation,
): Promise<readonly VectorSeries[]> {
  const matched = { keyOf: keyOfLabels(matching.on, matching.labels), evaluation };
  if (op === 'and') return whereOther(left, right, 'present', matched);
  if (op === 'unless') return whereOther(left, right, 'absent', matched);
  return mergeSameLabels([...left, ...(await whereOther(right, left, 'absent', matched))]);
}

type Matched = { readonly keyOf: (labels: VectorSeries['labels']) => string; readonly evaluation: Evaluation };

/** The series at the steps at which a matching series of the other side is present or absent. */
async function whereOther(
  vector: readonly VectorSeries[],
  others: readonly VectorSeries[],
  wanted: 'present' | 'absent',
  { keyOf, evaluation }: Matched,
): Promise<VectorSeries[]> {
  const presence = await presenceByKey(others, { keyOf, evaluation });
  const kept: VectorSeries[] = [];
  for (const series of vector) {
    const other = presence.get(keyOf(series.labels));
    if (other === undefined) {
      if (wanted === 'absent') kept.push(series);
    } else {
      const masked = { ...series, present: maskedBy(series.present, other, wanted === 'present' ? 1 : 0) };
      if (hasSamples(masked)) kept.push(masked);
    }
    if (evaluation.isDue(series.present.length + SERIES_WORK)) await evaluation.rest();
  }
  return kept;
}

/** For each key, the steps at which any of its series is present. */
async function presenceByKey(
  vector: readonly VectorSeries[],
  { keyOf, evaluation }: Matched,
): Promise<Map<string, Uint8Array>> {
  const presence = new Map<string, Uint8Array>();
  for (const { labels, present } of vector) {
    const key = keyOf(labels);
    const known = presence.get(key);
    if (known === undefined) presence.set(key, present.slice());
    else for (let i = 0; i < present.length; i++) known[i] = (known[i] as number) | (present[i] as number);
    if (evaluation.isDue(present.length + SERIES_WORK)) await evaluation.rest();
  }
  return presence;
}

function maskedBy(present: Uint8Array, other: Uint8Array, wanted: number): Uint8Array {
  const masked = new Uint8Array(present.length);
  for (let i = 0; i < present.length; i++) if (other[i] === wanted) masked[i] = present[i] as number;
  return masked;
}
