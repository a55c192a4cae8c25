import { AppError } from '#core/errors.ts';
import type { Expr } from '#query/promql/ast.ts';
import { scaleHistogram } from '#query/promql/histogram/index.ts';
import type { Steps, Value, VectorSeries } from '#query/promql/value.ts';
import { aggregateVector } from './aggregate.ts';
import { binaryOperation } from './binary.ts';
import { evaluateCall } from './call.ts';
import { hasSamples } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { unwrapParens } from './expression.ts';
import { instantColumn } from './instant-selector.ts';
import type { Reads } from './reads.ts';
import { smoothedColumn } from './smoothed-selector.ts';
import { repeatValue } from './step-invariance.ts';
import { referenceTimes } from './times.ts';

type NodeOf<Kind extends Expr['kind']> = Extract<Expr, { kind: Kind }>;

/** Evaluates the nodes of one expression, whose selectors have been read. */
export class NodeEvaluator {
  readonly #evaluation: Evaluation;
  readonly #reads: Reads;

  constructor(evaluation: Evaluation, reads: Reads) {
    this.#evaluation = evaluation;
    this.#reads = reads;
  }

  /** The value at these steps; what is the same at every step is evaluated once. */
  async evaluate(expr: Expr, steps: Steps): Promise<Value> {
    const mark = this.#evaluation.held;
    const scope = this.#evaluation.invariance.scopeOf(expr, steps);
    const value = await this.#dispatch(expr, scope);
    if (value.kind === 'vector') this.#evaluation.checkRoom(value.series.length * (steps.count - scope.count));
    const whole = scope.count === steps.count ? value : repeatValue(value, steps.count);
    this.#evaluation.release(mark, whole.kind === 'vector' ? whole.series : steps.count);
    if (this.#evaluation.isDue(steps.count)) await this.#evaluation.rest();
    return whole;
  }

  async #dispatch(expr: Expr, steps: Steps): Promise<Value> {
    switch (expr.kind) {
      case 'number':
        return { kind: 'scalar', values: new Float64Array(steps.count).fill(expr.value) };
      case 'string':
        return { kind: 'string', text: expr.value };
      case 'selector':
        return { kind: 'vector', series: await this.#selector(expr, steps) };
      case 'call':
        return evaluateCall(expr, {
          steps,
          reads: this.#reads,
          evaluation: this.#evaluation,
          evaluate: (child, at) => this.evaluate(child, at),
        });
      case 'aggregate':
        return { kind: 'vector', series: await this.#aggregate(expr, steps) };
      case 'binary':
        return this.#binary(expr, steps);
      case 'unary':
        return this.#unary(expr, steps);
      case 'paren':
        return this.evaluate(expr.expr, steps);
      case 'matrix':
      case 'subquery':
        throw new AppError('bad_query', 'a range vector can only be the argument of a function here');
    }
  }

  async #selector(expr: NodeOf<'selector'>, steps: Steps): Promise<readonly VectorSeries[]> {
    const read = this.#reads.get(expr);
    if (read === undefined) throw new AppError('internal', 'a selector has not been read');
    if ('pushed' in read) return read.pushed;
    const times = referenceTimes(expr, steps, this.#evaluation);
    const columns: VectorSeries[] = [];
    for (const series of read.series) {
      const column =
        expr.extension === 'smoothed'
          ? smoothedColumn(series, times, { selector: expr, evaluation: this.#evaluation })
          : instantColumn(series, times, this.#evaluation.options.lookback);
      if (hasSamples(column)) {
        columns.push(column);
        this.#evaluation.hold(steps.count);
      }
      if (this.#evaluation.isDue(steps.count + series.samples.t.length + SERIES_WORK)) await this.#evaluation.rest();
    }
    return columns;
  }

  async #aggregate(expr: NodeOf<'aggregate'>, steps: Steps): Promise<VectorSeries[]> {
    const param = expr.param === undefined ? undefined : await this.evaluate(unwrapParens(expr.param), steps);
    const value = await this.evaluate(unwrapParens(expr.expr), steps);
    if (value.kind !== 'vector') throw new AppError('bad_query', `${expr.op} needs an instant vector`);
    return aggregateVector(expr, value.series, param, { count: steps.count, evaluation: this.#evaluation });
  }

  async #binary(expr: NodeOf<'binary'>, steps: Steps): Promise<Value> {
    const left = await this.evaluate(expr.left, steps);
    const right = await this.evaluate(expr.right, steps);
    return binaryOperation(expr, left, right, { count: steps.count, evaluation: this.#evaluation });
  }

  async #unary(expr: NodeOf<'unary'>, steps: Steps): Promise<Value> {
    const value = await this.evaluate(expr.expr, steps);
    if (expr.op === '+') return value;
    if (value.kind === 'scalar') return { kind: 'scalar', values: value.values.map((number) => -number) };
    if (value.kind === 'vector') return { kind: 'vector', series: value.series.map(negated) };
    throw new AppError('bad_query', 'unary expression only allowed on expressions of type scalar or instant vector');
  }
}

function negated({ histograms, values, ...series }: VectorSeries): VectorSeries {
  const negative = { ...series, values: values.map((value) => -value), dropName: true };
  if (histograms === undefined) return negative;
  return {
    ...negative,
    histograms: histograms.map((histogram) => histogram && scaleHistogram(histogram, -1)),
  };
}
