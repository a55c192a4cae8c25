import { AppError } from '#core/errors.ts';
import type { VectorMatching } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { keyOfLabels, printLabels } from './label-sets.ts';
import { matchedLabels } from './result-labels.ts';

/** The series of both sides that match each other. At any step the "one" side may have only one of them. */
export type MatchGroup = { readonly many: VectorSeries[]; readonly one: VectorSeries[] };

/** The two sides of a binary operator by their part in the matching. */
export type MatchSides = { readonly many: readonly VectorSeries[]; readonly one: readonly VectorSeries[] };

/** Groups the series of both sides by the labels that they are matched on. */
export async function createMatchGroups(
  { many, one }: MatchSides,
  matching: VectorMatching,
  evaluation: Evaluation,
): Promise<MatchGroup[]> {
  const keyOf = keyOfLabels(matching.on, matching.labels);
  const groups = new Map<string, MatchGroup>();
  const collect = async (side: keyof MatchSides, vector: readonly VectorSeries[]): Promise<void> => {
    for (const series of vector) {
      const key = keyOf(series.labels);
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = { many: [], one: [] }));
      group[side].push(series);
      if (evaluation.isDue(SERIES_WORK)) await evaluation.rest();
    }
  };
  await collect('one', one);
  await collect('many', many);
  return [...groups.values()];
}

/** Throws when two series of the "one" side of a group are there at one of the steps that count. */
export function checkOneSide({ one }: MatchGroup, counts: Uint8Array, matching: VectorMatching): void {
  if (one.length < 2) return;
  const owners = new Map<number, VectorSeries>();
  for (const series of one) {
    for (let step = 0; step < counts.length; step++) {
      if (series.present[step] !== 1 || counts[step] !== 1) continue;
      const owner = owners.get(step);
      if (owner !== undefined) throw duplicates(series, owner, matching);
      owners.set(step, series);
    }
  }
}

function duplicates(series: VectorSeries, other: VectorSeries, matching: VectorMatching): AppError {
  const side = matching.cardinality === 'one-to-many' ? 'left' : 'right';
  const group = printLabels(matchedLabels(series.labels, matching));
  const found = `[${[printLabels(series.labels), printLabels(other.labels)].sort().join(', ')}]`;
  return new AppError(
    'bad_query',
    `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: ${found};` +
      'many-to-many matching not allowed: matching labels must be unique on one side',
  );
}

/** The steps at which any of the series is present. */
export function anyPresent(vector: readonly VectorSeries[], count: number): Uint8Array {
  const any = new Uint8Array(count);
  for (const { present } of vector)
    for (let step = 0; step < count; step++) any[step] = (any[step] as number) | (present[step] as number);
  return any;
}
