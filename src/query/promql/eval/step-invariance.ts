import type { Expr } from '#query/promql/ast.ts';
import type { Steps, Value } from '#query/promql/value.ts';

/** Functions whose result depends on the time of the step whatever their arguments are. */
const TIME_DEPENDENT = new Set([
  'days_in_month',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'hour',
  'minute',
  'month',
  'year',
  'predict_linear',
  'time',
  'timestamp',
]);

/** Knows which expressions have the same value at every step: those that select only what is fixed by `@`. */
export class StepInvariance {
  readonly #known = new WeakMap<Expr, boolean>();

  /** The steps at which an expression has to be evaluated: one when it is the same at all of them. */
  scopeOf(expr: Expr, steps: Steps): Steps {
    return steps.count > 1 && expr.kind !== 'matrix' && this.#holds(expr) ? { ...steps, count: 1 } : steps;
  }

  #holds(expr: Expr): boolean {
    let known = this.#known.get(expr);
    if (known === undefined) this.#known.set(expr, (known = this.#find(expr)));
    return known;
  }

  #find(expr: Expr): boolean {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return true;
      case 'selector':
      case 'subquery':
        return expr.at !== undefined;
      case 'matrix':
        return expr.selector.at !== undefined;
      case 'call':
        return !TIME_DEPENDENT.has(expr.name) && expr.args.every((arg) => this.#holds(arg));
      case 'aggregate':
        return this.#holds(expr.expr) && (expr.param === undefined || this.#holds(expr.param));
      case 'binary':
        return this.#holds(expr.left) && this.#holds(expr.right);
      case 'unary':
      case 'paren':
        return this.#holds(expr.expr);
    }
  }
}

/** A value of one step at each of many. */
export function repeatValue(value: Value, count: number): Value {
  if (value.kind === 'string') return value;
  if (value.kind === 'scalar') return { ...value, values: new Float64Array(count).fill(value.values[0] as number) };
  const series = value.series.map((one) => ({
    ...one,
    values: new Float64Array(count).fill(one.values[0] as number),
    present: new Uint8Array(count).fill(one.present[0] as number),
    ...(one.histograms === undefined ? {} : { histograms: Array.from({ length: count }, () => one.histograms?.[0]) }),
  }));
  return { kind: 'vector', series };
}
