import type { Expr, VectorSelector } from '#query/promql/ast.ts';
import type { Interval } from '#query/promql/source.ts';
import type { Steps } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';

/** How many series of a subquery have to find room at least: one may be a few values at a time, and that on one turn. */
const LEAST_SERIES = 16;

type Shifted = Pick<VectorSelector, 'at' | 'offset'>;

/** The times that a selector or subquery refers to at these steps: with its offset, and fixed by its `@` (step 0). */
export function referenceTimes(node: Shifted, steps: Steps, evaluation: Evaluation): Steps {
  const { at, offset } = node;
  if (at === undefined) return { ...steps, start: steps.start - offset };
  return { start: (typeof at === 'number' ? at : evaluation.edgeOf(at)) - offset, step: 0, count: steps.count };
}

/** The steps at which the expression inside a subquery is evaluated: absolute multiples of its step. Throws `limit_rows`. */
export function subquerySteps(node: Extract<Expr, { kind: 'subquery' }>, steps: Steps, evaluation: Evaluation): Steps {
  const outer = referenceTimes(node, steps, evaluation);
  const step = node.step ?? evaluation.subqueryStep;
  const start = (Math.floor((outer.start - node.range) / step) + 1) * step;
  const end = lastOf(outer);
  const count = steps.count === 0 ? 0 : Math.max(0, Math.floor((end - start) / step) + 1);
  evaluation.checkRoom(count * LEAST_SERIES);
  return { start, step, count };
}

/** The last of the steps. */
export const lastOf = ({ start, step, count }: Steps): number => start + step * (count - 1);

/** What has to be read for windows (t − window, t] at these times; undefined when nothing can be in them. */
export function selectInterval(times: Steps, window: number): Interval | undefined {
  if (times.count === 0 || window <= 0) return undefined;
  return { from: times.start - window + 1, to: lastOf(times) };
}
