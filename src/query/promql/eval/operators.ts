import type { NativeHistogram } from '#core/model/histogram.ts';
import type { BinaryOperator } from '#query/promql/ast.ts';

type SetOperator = 'and' | 'or' | 'unless';
/** Operators that cut a histogram at a number: what lies below stays, or what lies above. */
export type TrimOperator = '</' | '>/';
type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<=';

/** Operators whose operands are numbers or histograms. */
export type ValueOperator = Exclude<BinaryOperator, SetOperator>;

const ARITHMETIC: Readonly<
  Record<Exclude<ValueOperator, Comparison | TrimOperator>, (left: number, right: number) => number>
> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

const COMPARISONS: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
};

/** IEEE 754 pow, as Go has it: 1 to any power is 1, and so is −1 to an infinite one; JavaScript says NaN. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

export const isComparison = (operator: BinaryOperator): operator is Comparison => operator in COMPARISONS;

export const isTrim = (operator: BinaryOperator): operator is TrimOperator => operator === '</' || operator === '>/';

/** Whether a result has the name of its operand. */
export const keepsName = (operator: BinaryOperator): boolean => isComparison(operator) || isTrim(operator);

export const isSetOperator = (operator: BinaryOperator): operator is SetOperator =>
  operator === 'and' || operator === 'or' || operator === 'unless';

/** What becomes of two numbers. */
export type NumberOperation = {
  readonly compute: (left: number, right: number) => number;
  /** Whether the result stays; absent: always. */
  readonly keeps?: (left: number, right: number) => boolean;
};

/** The operation on numbers of an operator; a comparison without `bool` gives its left operand. There is none for trims. */
export function numberOperation(operator: ValueOperator, returnBool: boolean): NumberOperation {
  if (isTrim(operator)) return { compute: () => Number.NaN, keeps: () => false };
  if (!isComparison(operator)) return { compute: ARITHMETIC[operator] };
  const compare = COMPARISONS[operator];
  if (returnBool) return { compute: (left, right) => (compare(left, right) ? 1 : 0) };
  return { compute: (left) => left, keeps: compare };
}

/** `undefined`: the operands do not go together; `false`: they do, but the comparison is not true. */
export type Outcome = number | NativeHistogram | false | undefined;
