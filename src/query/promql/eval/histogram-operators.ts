import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Expr } from '#query/promql/ast.ts';
import {
  addHistograms,
  divideHistogram,
  scaleHistogram,
  subtractHistograms,
} from '#query/promql/histogram/arithmetic.ts';
import { equalHistograms } from '#query/promql/histogram/equals.ts';
import { trimHistogram } from '#query/promql/histogram/trim.ts';
import type { Evaluation } from './evaluation.ts';
import type { Outcome } from './operators.ts';

type BinaryExpr = Extract<Expr, { kind: 'binary' }>;
type Operand = number | NativeHistogram;

const SUM_NAMES = { '+': 'addition', '-': 'subtraction' } as const;

/** What a binary operator makes of two operands of which one is a histogram, or the operator wants one; notes what does not go together. */
export function histogramOutcome(node: BinaryExpr, left: Operand, right: Operand, evaluation: Evaluation): Outcome {
  const outcome = outcomeOf(node, left, right, evaluation);
  if (outcome === undefined || !node.returnBool) return outcome;
  return outcome === false ? 0 : 1;
}

function outcomeOf(node: BinaryExpr, left: Operand, right: Operand, evaluation: Evaluation): Outcome {
  const { op } = node;
  if (typeof left === 'number') {
    if (typeof right !== 'number' && op === '*') return scaleHistogram(right, left);
    return incompatible(node, left, right, evaluation);
  }
  if (typeof right === 'number') {
    if (op === '*') return scaleHistogram(left, right);
    if (op === '/') return divideHistogram(left, right);
    if (op === '</') return trimHistogram(left, { at: right, keeps: 'below' });
    if (op === '>/') return trimHistogram(left, { at: right, keeps: 'above' });
    return incompatible(node, left, right, evaluation);
  }
  if (op === '+' || op === '-') return combine(node, op, { left, right }, evaluation);
  if (op === '==') return equalHistograms(left, right) ? left : false;
  if (op === '!=') return equalHistograms(left, right) ? false : left;
  return incompatible(node, left, right, evaluation);
}

function combine(
  node: BinaryExpr,
  op: '+' | '-',
  { left, right }: { readonly left: NativeHistogram; readonly right: NativeHistogram },
  evaluation: Evaluation,
): Outcome {
  const combined = op === '+' ? addHistograms(left, right) : subtractHistograms(left, right);
  if (combined === undefined) {
    evaluation.annotate('warn', `incompatible bucket layout encountered for binary operator ${op}`, node);
    return undefined;
  }
  if (combined.resetCollision) {
    evaluation.annotate('warn', `conflicting counter resets during histogram ${SUM_NAMES[op]}`, node);
  }
  if (combined.boundsReconciled) {
    evaluation.annotate('info', `mismatched custom buckets were reconciled during ${SUM_NAMES[op]}`, node);
  }
  return op === '+' ? combined.histogram : { ...combined.histogram, resetHint: 'gauge' };
}

function incompatible(node: BinaryExpr, left: Operand, right: Operand, evaluation: Evaluation): undefined {
  const kindOf = (operand: Operand): string => (typeof operand === 'number' ? 'float' : 'histogram');
  const types = `${kindOf(left)} ${node.op} ${kindOf(right)}`;
  evaluation.annotate('info', `incompatible sample types encountered for binary operator "${node.op}": ${types}`, node);
  return undefined;
}
