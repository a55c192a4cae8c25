import { AppError } from '#core/errors.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { Value } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import { isSetOperator } from './operators.ts';
import { setOperation } from './set-operators.ts';
import { vectorWithVector } from './vector-matching.ts';
import { scalarWithScalar, vectorWithScalar } from './vector-scalar.ts';

type BinaryExpr = Extract<Expr, { kind: 'binary' }>;

/** A binary operator between two values of `count` steps. */
export async function binaryOperation(
  node: BinaryExpr,
  left: Value,
  right: Value,
  of: { readonly count: number; readonly evaluation: Evaluation },
): Promise<Value> {
  const { evaluation, count } = of;
  if (left.kind === 'vector' && right.kind === 'vector') {
    const matching = node.matching ?? { cardinality: 'one-to-one', on: false, labels: [], include: [] };
    const sides = { left: left.series, right: right.series };
    if (isSetOperator(node.op))
      return { kind: 'vector', series: await setOperation(node.op, sides, matching, evaluation) };
    return { kind: 'vector', series: await vectorWithVector({ ...node, matching }, sides, count, evaluation) };
  }
  if (left.kind === 'string' || right.kind === 'string' || isSetOperator(node.op)) throw wrongTypes(node);
  if (left.kind === 'vector' && right.kind === 'scalar') {
    const sides = { vector: left.series, scalar: right.values, isSwapped: false };
    return { kind: 'vector', series: await vectorWithScalar(node, sides, evaluation) };
  }
  if (left.kind === 'scalar' && right.kind === 'vector') {
    const sides = { vector: right.series, scalar: left.values, isSwapped: true };
    return { kind: 'vector', series: await vectorWithScalar(node, sides, evaluation) };
  }
  if (left.kind !== 'scalar' || right.kind !== 'scalar') throw wrongTypes(node);
  return { kind: 'scalar', values: scalarWithScalar(node.op, left.values, right.values) };
}

const wrongTypes = ({ op }: BinaryExpr): AppError =>
  new AppError('bad_query', `operator ${op} does not go with operands of these types`);
