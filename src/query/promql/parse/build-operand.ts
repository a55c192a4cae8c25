import type { SyntaxNode } from '@lezer/common';
import { buildAggregate } from './build-aggregate.ts';
import { buildCall } from './build-call.ts';
import { buildSelector } from './build-selector.ts';
import { stringValue } from './grouping-labels.ts';
import { readNumber } from './number-literal.ts';
import { parseError } from './parse-error.ts';
import { childrenOf, type Place, type Source, type Typed, textOf } from './source.ts';

/** Builds what is no operator: literals, selectors, calls, aggregations, parentheses. */
export function buildOperand(source: Source, node: SyntaxNode, place: Place): Typed {
  const span = { from: node.from, to: node.to };
  switch (node.name) {
    case 'NumberDurationLiteral':
      return buildNumber(source, node);
    case 'StringLiteral':
      return { expr: { kind: 'string', value: stringValue(source, node), ...span }, type: 'string' };
    case 'VectorSelector':
      return { expr: buildSelector(source, node, place.allowEmpty === true), type: 'vector' };
    case 'FunctionCall':
      return buildCall(source, node, place.depth);
    case 'AggregateExpr':
      return buildAggregate(source, node, place.depth);
    case 'ParenExpr': {
      const [inner] = childrenOf(node);
      if (inner === undefined) break;
      const { expr, type } = source.build(source, inner, { depth: place.depth + 1 });
      return { expr: { kind: 'paren', expr, ...span }, type };
    }
  }
  throw parseError(source.text, node, `unexpected ${JSON.stringify(textOf(source, node))}`);
}

/** A number without its sign, which is an operator. */
function buildNumber(source: Source, node: SyntaxNode): Typed {
  const text = textOf(source, node).replace(/^[+-]\s*/, '');
  const number = readNumber(text);
  if (number === undefined) throw parseError(source.text, node, `bad number or duration syntax: "${text}"`);
  const { value, isDuration } = number;
  return {
    expr: { kind: 'number', value, ...(isDuration && { isDuration }), from: node.to - text.length, to: node.to },
    type: 'scalar',
  };
}
