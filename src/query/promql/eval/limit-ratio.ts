import xxhash from 'xxhash-wasm';
import { AppError } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import { formatShort } from '#query/promql/number-text.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import { Selection } from './selection.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

/**
 * A share of the series, chosen by the hash of their labels: those below the ratio, or for a negative one those from
 * 1 + ratio on, so that r and r − 1 complete each other. `ratios` holds the ratio for each step.
 */
export async function ratioOfSeries(
  node: AggregateExpr,
  vector: readonly VectorSeries[],
  ratios: Float64Array,
  evaluation: Evaluation,
): Promise<VectorSeries[]> {
  if (ratios.every((ratio) => ratio === 0)) return [];
  if (ratios.some(Number.isNaN)) throw new AppError('bad_query', 'Ratio value is NaN');
  noteCapped(node, ratios, evaluation);
  const { h64Raw } = await xxhash();
  const selection = new Selection(ratios.length);
  for (const series of vector) {
    const place = Number(h64Raw(bytesOf(series.labels))) / 2 ** 64;
    for (let step = 0; step < ratios.length; step++) {
      const ratio = Math.min(1, Math.max(-1, ratios[step] as number));
      const isTaken = ratio >= 0 ? place < ratio : place >= 1 + ratio;
      if (isTaken && series.present[step] === 1) selection.take(series, step);
    }
    if (evaluation.isDue(ratios.length)) await evaluation.rest();
  }
  return selection.series();
}

function noteCapped({ param }: AggregateExpr, ratios: Float64Array, evaluation: Evaluation): void {
  const extremes = [ratios.reduce((a, b) => Math.max(a, b)), ratios.reduce((a, b) => Math.min(a, b))];
  for (const ratio of new Set(extremes)) {
    if (Math.abs(ratio) <= 1) continue;
    const text = `ratio value should be between -1 and 1, got ${formatShort(ratio)}, capping to ${Math.sign(ratio)}`;
    evaluation.annotate('warn', text, param);
  }
}

/** Names and values in order, each after its length: what Prometheus hashes. */
function bytesOf(labels: Labels): Uint8Array {
  const texts = Object.keys(labels)
    .sort()
    .flatMap((name) => [name, labels[name] ?? '']);
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      const { length } = bytes;
      const size = length < 255 ? [length] : [255, length & 255, (length >> 8) & 255, (length >> 16) & 255];
      return [Buffer.from(size), bytes];
    }),
  );
}
