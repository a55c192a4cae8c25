import { AppError } from '#core/errors.ts';
import type { Expr, VectorSelector } from '#query/promql/ast.ts';
import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { Steps, Value, VectorSeries } from '#query/promql/value.ts';
import { callMap, timeVector } from './call-map.ts';
import { callInParts } from './call-parts.ts';
import { callMatrix, callRange, type Scalars } from './call-range.ts';
import { hasSamples } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { unwrapParens } from './expression.ts';
import { checkExtension } from './extended-selectors.ts';
import { sampleTimesColumn } from './instant-selector.ts';
import { matrixOfSelector, matrixOfSubquery } from './matrix-argument.ts';
import type { Reads } from './reads.ts';
import { repeatValue } from './step-invariance.ts';
import { referenceTimes, selectInterval } from './times.ts';
import type { Matrix } from './windows.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;
type WholeFunction = Extract<PromFunction, { kind: 'whole' }>;

/** What a call is evaluated with. */
export type CallScope = {
  readonly steps: Steps;
  readonly reads: Reads;
  readonly evaluation: Evaluation;
  readonly evaluate: (expr: Expr, steps: Steps) => Promise<Value>;
};

/** Functions of the steps of the query itself, also inside of subqueries. */
const QUERY_TIMES = new Set(['start', 'end', 'range', 'step']);

/** Evaluates a function call. */
export async function evaluateCall(node: CallExpr, scope: CallScope): Promise<Value> {
  const fn = functionOf(node, scope.evaluation);
  const args = node.args.map(unwrapParens);
  const context = contextOf(node, scope);
  if (QUERY_TIMES.has(node.name)) return queryTime(fn, context, scope);
  if (fn.kind === 'whole') return callWhole(fn, args, context, scope);
  const values = await valuesOf(args, scope);
  const scalars: Scalars = values.flatMap((value) => (value.kind === 'scalar' ? [value.values] : []));
  const { evaluation } = scope;
  if (fn.kind === 'map') {
    const vector = values.find((value) => value.kind === 'vector')?.series ?? timeVector(scope.steps);
    return { kind: 'vector', series: await callMap(fn, vector, { scalars, context, evaluation }) };
  }
  const pushed = fn.kind === 'range' ? pushedOf(args, scope.reads) : undefined;
  if (fn.kind === 'range' && pushed !== undefined) {
    for (const { labels } of pushed) fn.noteSeries?.(labels, context);
    return { kind: 'vector', series: pushed.map((series) => ({ ...series, dropName: fn.keepsName !== true })) };
  }
  const matrix = await matrixOf(node, args, scope);
  if (fn.kind === 'matrix') return { kind: 'vector', series: callMatrix(fn, matrix, context) };
  return { kind: 'vector', series: await callRange(fn, matrix, { scalars, context, evaluation }) };
}

function queryTime(fn: PromFunction, context: CallContext, { steps, evaluation }: CallScope): Value {
  if (fn.kind !== 'whole') throw new AppError('internal', `${fn.name} is no function of the query`);
  return repeatValue(fn.evaluate([], { ...context, steps: evaluation.querySteps }), steps.count);
}

function functionOf({ name }: CallExpr, { options }: Evaluation): PromFunction {
  const fn = options.functions.get(name);
  if (fn === undefined) throw new AppError('bad_query', `unknown function with name "${name}"`);
  if (fn.experimental === true && !options.experimental) {
    throw new AppError('bad_query', `function "${name}" is not enabled`);
  }
  return fn;
}

function contextOf(node: CallExpr, { steps, evaluation }: CallScope): CallContext {
  const spanOf = (argument: number | undefined): Expr | undefined => {
    if (argument === undefined) return undefined;
    return argument === -1 ? node : node.args[argument];
  };
  return {
    steps,
    call: node,
    annotate: (level, message, argument) => evaluation.annotate(level, message, spanOf(argument)),
  };
}

const isMatrix = (arg: Expr): arg is Extract<Expr, { kind: 'matrix' | 'subquery' }> =>
  arg.kind === 'matrix' || arg.kind === 'subquery';

/** The values of all arguments but range vectors. */
async function valuesOf(args: readonly Expr[], { steps, evaluate }: CallScope): Promise<Value[]> {
  const values: Value[] = [];
  for (const arg of args) if (!isMatrix(arg)) values.push(await evaluate(arg, steps));
  return values;
}

/** What the source has evaluated itself for a call over a plain selector. */
function pushedOf(args: readonly Expr[], reads: Reads): readonly VectorSeries[] | undefined {
  const read = args[0] === undefined ? undefined : reads.get(args[0]);
  return read !== undefined && 'pushed' in read ? read.pushed : undefined;
}

async function matrixOf(node: CallExpr, args: readonly Expr[], scope: CallScope): Promise<Matrix> {
  const arg = args.find(isMatrix);
  if (arg === undefined) throw new AppError('bad_query', `${node.name} needs a range vector`);
  const { steps, reads, evaluation } = scope;
  if (arg.kind === 'matrix') {
    checkExtension(arg.selector, node.name);
    return matrixOfSelector(arg, steps, reads, evaluation);
  }
  return matrixOfSubquery(arg, steps, evaluation, scope.evaluate);
}

async function callWhole(
  fn: WholeFunction,
  args: readonly Expr[],
  context: CallContext,
  scope: CallScope,
): Promise<Value> {
  const [first] = args;
  if (fn.needsSampleTimes === true && first?.kind === 'selector') {
    return fn.evaluate([sampleTimes(first, scope)], context);
  }
  if (fn.secondSelector === undefined || first === undefined) {
    const values = await valuesOf(args, scope);
    return fn.partWithout === undefined
      ? fn.evaluate(values, context)
      : callInParts(fn, values, context, scope.evaluation);
  }
  const base = await scope.evaluate(first, scope.steps);
  const second = fn.secondSelector(base, context);
  return fn.evaluate(second === undefined ? [base] : [base, await readSampleTimes(second, scope)], context);
}

/** The times of the samples that a selector, which has been read, finds at the steps. */
function sampleTimes(selector: Extract<Expr, { kind: 'selector' }>, { steps, reads, evaluation }: CallScope): Value {
  const read = reads.get(selector);
  if (read === undefined || !('series' in read)) throw new AppError('internal', 'a selector has not been read');
  const times = referenceTimes(selector, steps, evaluation);
  const columns = read.series.map((series) => sampleTimesColumn(series, times, evaluation.options.lookback));
  return { kind: 'vector', series: columns.filter(hasSamples) };
}

/** As {@link sampleTimes}, for a selector that is only known while the query is evaluated. */
async function readSampleTimes(
  selector: Pick<VectorSelector, 'matchers' | 'offset' | 'at'>,
  { steps, evaluation }: CallScope,
): Promise<Value> {
  const { source, signal, lookback } = evaluation.options;
  const times = referenceTimes(selector, steps, evaluation);
  const interval = selectInterval(times, lookback);
  const found = interval === undefined ? [] : await source.select(selector.matchers, interval, { signal });
  evaluation.hold(found.reduce((sum, { samples }) => sum + samples.t.length, 0));
  const columns = found.map((series) => sampleTimesColumn(series, times, lookback));
  return { kind: 'vector', series: columns.filter(hasSamples) };
}
