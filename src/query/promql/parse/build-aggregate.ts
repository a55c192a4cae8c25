import type { SyntaxNode } from '@lezer/common';
import { AGGREGATORS, type Aggregator, type Expr, type ValueType } from '#query/promql/ast.ts';
import { groupingLabels } from './grouping-labels.ts';
import { parseError } from './parse-error.ts';
import { childrenOf, type Source, type Typed, textOf } from './source.ts';
import { TYPE_TEXT } from './type-text.ts';

const PARAMETERS: Readonly<Partial<Record<Aggregator, ValueType>>> = {
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
  limitk: 'scalar',
  limit_ratio: 'scalar',
  count_values: 'string',
};

/** An aggregation: number and types of its arguments right. */
export function buildAggregate(source: Source, node: SyntaxNode, depth: number): Typed {
  const op = operatorOf(source, node);
  if ((op === 'limitk' || op === 'limit_ratio') && !source.experimental) {
    throw parseError(source.text, node, `${op}() is experimental and not enabled`);
  }
  const modifier = node.getChild('AggregateModifier');
  const nodes = childrenOf(node.getChild('FunctionCallBody') ?? node);
  const parameter = PARAMETERS[op];
  const wanted = parameter === undefined ? 1 : 2;
  if (nodes.length === 0) throw parseError(source.text, node, 'no arguments for aggregate expression provided');
  if (nodes.length !== wanted) {
    const message = `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${nodes.length}`;
    throw parseError(source.text, node, message);
  }
  const built = (at: number, type: ValueType, context: string): Expr => {
    const argument = source.build(source, nodes[at] ?? node, { depth: depth + 1 });
    if (argument.type === type) return argument.expr;
    const message = `expected type ${TYPE_TEXT[type]} in ${context}, got ${TYPE_TEXT[argument.type]}`;
    throw parseError(source.text, argument.expr, message);
  };
  const expr = built(wanted - 1, 'vector', 'aggregation expression');
  const param = parameter === undefined ? {} : { param: built(0, parameter, 'aggregation parameter') };
  const labels = groupingLabels(source, modifier?.getChild('GroupingLabels') ?? undefined);
  const without = modifier !== null && modifier.getChild('Without') !== null;
  return {
    expr: { kind: 'aggregate', op, expr, ...param, without, labels, from: node.from, to: node.to },
    type: 'vector',
  };
}

function operatorOf(source: Source, node: SyntaxNode): Aggregator {
  const text = textOf(source, node.getChild('AggregateOp') ?? node).toLowerCase();
  const op = AGGREGATORS.find((name) => name === text);
  if (op === undefined) throw parseError(source.text, node, `aggregation ${JSON.stringify(text)} is not supported`);
  return op;
}
