import { canonicalKey } from '#core/model/labels.ts';
import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { omitLabels } from './label-sets.ts';

type WholeFunction = Extract<PromFunction, { kind: 'whole' }>;

/** Samples that one call gets, unless series that belong together have more. */
const PART_SAMPLES = 5_000;

/** Calls a function with some series of its vector at a time, those together that belong together. */
export async function callInParts(
  fn: WholeFunction,
  args: readonly Value[],
  context: CallContext,
  evaluation: Evaluation,
): Promise<Value> {
  const at = args.findIndex(({ kind }) => kind === 'vector');
  const vector = args[at];
  if (vector?.kind !== 'vector') return fn.evaluate(args, context);
  const results: VectorSeries[] = [];
  for (const series of await partsOf(vector.series, fn.partWithout ?? [], evaluation)) {
    const value = fn.evaluate(args.with(at, { kind: 'vector', series }), context);
    if (value.kind === 'vector') results.push(...value.series);
    await evaluation.rest();
  }
  return { kind: 'vector', series: results };
}

async function partsOf(
  vector: readonly VectorSeries[],
  without: readonly string[],
  evaluation: Evaluation,
): Promise<VectorSeries[][]> {
  const groups = new Map<string, VectorSeries[]>();
  for (const series of vector) {
    const key = canonicalKey(omitLabels(series.labels, without));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [series]);
    else group.push(series);
    if (evaluation.isDue(SERIES_WORK)) await evaluation.rest();
  }
  const parts: VectorSeries[][] = [[]];
  let room = PART_SAMPLES;
  for (const group of groups.values()) {
    if (room <= 0) {
      parts.push([]);
      room = PART_SAMPLES;
    }
    parts.at(-1)?.push(...group);
    for (const { present } of group) room -= present.length;
  }
  return parts;
}
