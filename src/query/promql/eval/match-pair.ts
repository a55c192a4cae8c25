import { AppError } from '#core/errors.ts';
import type { Expr, VectorMatching } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type Column, put, sampleAt } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { histogramOutcome } from './histogram-operators.ts';
import { isTrim, type NumberOperation, type Outcome } from './operators.ts';

type BinaryExpr = Extract<Expr, { kind: 'binary' }>;

/** One side of a pair: a series, or the value that stands in for a missing one. */
export type Partner = VectorSeries | number;

/** A series of the "many" side, its partner on the "one" side, and where their results go. */
export type Pair = {
  readonly many: Partner;
  readonly one: Partner;
  readonly column: Column;
  /** The steps at which a result of these labels was made before; absent when none can have been. */
  readonly claims: Uint8Array | undefined;
  /** The steps at which the pair does not count. */
  readonly except?: Uint8Array;
  /** Gets the steps at which the "one" side has found a partner. */
  readonly matched?: Uint8Array | undefined;
};

/** A value operator between two matched series. */
export type PairOperation = {
  readonly node: BinaryExpr & { readonly matching: VectorMatching };
  readonly number: NumberOperation;
  readonly evaluation: Evaluation;
};

/** Combines the pair at all steps at which both sides have a sample. */
export function combinePair(pair: Pair, operation: PairOperation): void {
  const { many, one, column, except } = pair;
  for (let step = 0; step < column.present.length; step++) {
    if (!isThere(many, step) || !isThere(one, step) || except?.[step] === 1) continue;
    const outcome = outcomeOf(pair, step, operation);
    if (outcome === undefined) continue;
    claim(pair, step, operation.node.matching);
    if (outcome !== false) put(column, step, outcome);
  }
}

const isThere = (partner: Partner, step: number): boolean => typeof partner === 'number' || partner.present[step] === 1;

const valueAt = (partner: Partner, step: number): ReturnType<typeof sampleAt> =>
  typeof partner === 'number' ? partner : sampleAt(partner, step);

function outcomeOf({ many, one }: Pair, step: number, { node, number, evaluation }: PairOperation): Outcome {
  const isSwapped = node.matching.cardinality === 'one-to-many';
  const left = valueAt(isSwapped ? one : many, step);
  const right = valueAt(isSwapped ? many : one, step);
  if (typeof left !== 'number' || typeof right !== 'number' || isTrim(node.op))
    return histogramOutcome(node, left, right, evaluation);
  return number.keeps?.(left, right) === false ? false : number.compute(left, right);
}

function claim({ claims, matched }: Pair, step: number, { cardinality }: VectorMatching): void {
  if (matched !== undefined) matched[step] = 1;
  if (claims === undefined) return;
  if (claims[step] === 1) {
    const why =
      cardinality === 'one-to-one'
        ? 'many-to-one matching must be explicit (group_left/group_right)'
        : 'grouping labels must ensure unique matches';
    throw new AppError('bad_query', `multiple matches for labels: ${why}`);
  }
  claims[step] = 1;
}
