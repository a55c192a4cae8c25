import { AppError } from '#core/errors.ts';
import type { Aggregator, Expr } from '#query/promql/ast.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';
import { groupSeries } from './aggregate-groups.ts';
import { type Column, createColumn, hasSamples } from './column.ts';
import { countValues } from './count-values.ts';
import type { Evaluation } from './evaluation.ts';
import { ratioOfSeries } from './limit-ratio.ts';
import { quantilesOfGroups } from './quantile-groups.ts';
import { rankedSeries } from './rank.ts';
import { countReducer, deviationReducer, extremeReducer } from './reduce-floats.ts';
import { sumReducer } from './reduce-sum.ts';
import type { Reducer, ReducerOptions } from './reducer.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;
type Reduction = 'sum' | 'avg' | 'count' | 'group' | 'min' | 'max' | 'stddev' | 'stdvar';

const REDUCERS: Readonly<Record<Reduction, (options: ReducerOptions) => Reducer>> = {
  sum: sumReducer,
  avg: sumReducer,
  count: countReducer,
  group: countReducer,
  min: extremeReducer,
  max: extremeReducer,
  stddev: deviationReducer,
  stdvar: deviationReducer,
};

/** An aggregation over a vector of `count` steps; `param` is the value of its parameter. */
export async function aggregateVector(
  node: AggregateExpr,
  vector: readonly VectorSeries[],
  param: Value | undefined,
  of: { readonly count: number; readonly evaluation: Evaluation },
): Promise<VectorSeries[]> {
  const { count, evaluation } = of;
  switch (node.op) {
    case 'topk':
    case 'bottomk':
    case 'limitk':
      return rankedSeries(node, vector, scalarsOf(node.op, param), evaluation);
    case 'limit_ratio':
      return ratioOfSeries(node, vector, scalarsOf(node.op, param), evaluation);
    case 'quantile':
      return quantilesOfGroups(node, vector, scalarsOf(node.op, param), evaluation);
    case 'count_values':
      if (param?.kind !== 'string') throw wrongParameter(node.op, 'a string');
      return countValues(node, vector, { label: param.text, count, evaluation });
    default:
      return reduceGroups(node, node.op, vector, of);
  }
}

async function reduceGroups(
  node: AggregateExpr,
  op: Reduction,
  vector: readonly VectorSeries[],
  { count, evaluation }: { readonly count: number; readonly evaluation: Evaluation },
): Promise<VectorSeries[]> {
  const columns: Column[] = [];
  const annotate: ReducerOptions['annotate'] = (level, message) => evaluation.annotate(level, message, node.expr);
  for (const { labels, members } of await groupSeries(node, vector, evaluation)) {
    const reducer = REDUCERS[op]({ op, count, annotate });
    for (const series of members) {
      reducer.add(series);
      if (evaluation.isDue(count)) await evaluation.rest();
    }
    const column = createColumn(
      labels,
      count,
      members.some(({ dropName }) => dropName === true),
    );
    reducer.finish(column);
    evaluation.hold(count);
    if (hasSamples(column)) columns.push(column);
  }
  return columns;
}

function scalarsOf(op: Aggregator, param: Value | undefined): Float64Array {
  if (param?.kind !== 'scalar') throw wrongParameter(op, 'a scalar');
  return param.values;
}

const wrongParameter = (op: Aggregator, wanted: string): AppError =>
  new AppError('bad_query', `the parameter of ${op} has to be ${wanted}`);
