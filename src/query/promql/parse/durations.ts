import { AppError } from '#core/errors.ts';
import type { DurationExpr, Expr, VectorSelector } from '#query/promql/ast.ts';

/** What `step()` and `range()` stand for, ms: those of the range query; both 0 for an instant query. */
export type EvaluationTimes = { readonly step: number; readonly range: number };

const OPERATIONS = {
  '+': (left: number, right: number) => left + right,
  '-': (left: number, right: number) => left - right,
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
  '%': (left: number, right: number) => left % right,
  '^': (left: number, right: number) => left ** right,
  min_of: Math.min,
  max_of: Math.max,
} as const;

/** The value of a duration expression in seconds; NaN when it needs times that are not given. */
export function evaluateDuration(expr: DurationExpr, times?: EvaluationTimes): number {
  switch (expr.kind) {
    case 'number':
      return expr.value;
    case 'step':
    case 'range':
      return times === undefined ? Number.NaN : times[expr.kind] / 1000;
    case 'paren':
      return evaluateDuration(expr.expr, times);
    case 'unary':
      return (expr.op === '-' ? -1 : 1) * evaluateDuration(expr.expr, times);
    case 'binary':
      return OPERATIONS[expr.op](evaluateDuration(expr.left, times), evaluateDuration(expr.right, times));
  }
}

/** Whether the value of a duration expression depends on the evaluation (`step()`, `range()`). */
export function needsTimes(expr: DurationExpr): boolean {
  if (expr.kind === 'binary') return needsTimes(expr.left) || needsTimes(expr.right);
  if (expr.kind === 'unary' || expr.kind === 'paren') return needsTimes(expr.expr);
  return expr.kind !== 'number';
}

/** What is wrong with a duration in seconds; undefined when nothing is. Offsets may be zero or negative. */
export function durationFault(seconds: number, use: 'range' | 'offset'): string | undefined {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 2 ** 63 / 1e9) return 'duration out of range';
  if (use === 'range' && seconds <= 0) return 'duration must be greater than 0';
  return undefined;
}

/** Milliseconds of seconds, without the dust of binary fractions. */
export const toMs = (seconds: number): number => Math.round(seconds * 1000);

/**
 * The expression with every range, step and offset that was written with `step()` or `range()` as a number of ms.
 * Throws AppError bad_query when one comes out as no usable duration.
 */
export function resolveDurations(expr: Expr, times: EvaluationTimes): Expr {
  const below = (inner: Expr): Expr => resolveDurations(inner, times);
  switch (expr.kind) {
    case 'selector':
      return resolveSelector(expr, times);
    case 'matrix': {
      const range = resolved(expr.range, expr.rangeExpr, { times, use: 'range' });
      return { ...expr, range, selector: resolveSelector(expr.selector, times) };
    }
    case 'subquery': {
      const range = resolved(expr.range, expr.rangeExpr, { times, use: 'range' });
      const offset = resolved(expr.offset, expr.offsetExpr, { times, use: 'offset' });
      const step = expr.stepExpr === undefined ? expr.step : resolved(0, expr.stepExpr, { times, use: 'range' });
      return { ...expr, expr: below(expr.expr), range, offset, step };
    }
    case 'call':
      return { ...expr, args: expr.args.map(below) };
    case 'aggregate':
      return { ...expr, expr: below(expr.expr), ...(expr.param === undefined ? {} : { param: below(expr.param) }) };
    case 'binary':
      return { ...expr, left: below(expr.left), right: below(expr.right) };
    case 'unary':
    case 'paren':
      return { ...expr, expr: below(expr.expr) };
    case 'number':
    case 'string':
      return expr;
  }
}

const resolveSelector = (selector: VectorSelector, times: EvaluationTimes): VectorSelector => ({
  ...selector,
  offset: resolved(selector.offset, selector.offsetExpr, { times, use: 'offset' }),
});

type Resolution = { readonly times: EvaluationTimes; readonly use: 'range' | 'offset' };

function resolved(known: number, expr: DurationExpr | undefined, resolution: Resolution): number {
  if (expr === undefined) return known;
  const seconds = evaluateDuration(expr, resolution.times);
  const fault = durationFault(seconds, resolution.use);
  if (fault !== undefined) throw new AppError('bad_query', fault);
  return toMs(seconds);
}
