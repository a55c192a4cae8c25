import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperator, Expr, Span, VectorMatching } from '#query/promql/ast.ts';
import { groupingLabels } from './grouping-labels.ts';
import { readNumber } from './number-literal.ts';
import { parseError } from './parse-error.ts';
import { childrenOf, type Source, type Typed, textOf } from './source.ts';

type Parts = {
  readonly op: BinaryOperator;
  readonly operator: SyntaxNode;
  readonly modifiers: readonly SyntaxNode[];
  readonly left: Typed;
  readonly right: Typed;
};

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '>', '<', '>=', '<=']);
const SET_OPERATORS: ReadonlySet<BinaryOperator> = new Set(['and', 'or', 'unless']);

/** A binary expression of two operands with the modifiers between them, checked as Prometheus' `checkAST` does. */
export function buildBinary(source: Source, parts: Parts): Typed {
  const { op, left, right, modifiers } = parts;
  const returnBool = modifiers.some((node) => node.name === 'BoolModifier');
  const matching = matchingOf(source, parts);
  const bothScalar = left.type === 'scalar' && right.type === 'scalar';
  const fault = (message: string, span: Span = parts.operator) => parseError(source.text, span, message);
  if (returnBool && !COMPARISONS.has(op)) throw fault('bool modifier can only be used on comparison operators');
  if (COMPARISONS.has(op) && !returnBool && bothScalar)
    throw fault('comparisons between scalars must use BOOL modifier');
  for (const label of matching.include) {
    if (!matching.on || !matching.labels.includes(label)) continue;
    throw fault(`label ${JSON.stringify(label)} must not occur in ON and GROUP clause at once`);
  }
  for (const operand of [left, right]) {
    if (operand.type === 'scalar' || operand.type === 'vector') continue;
    throw fault('binary expression must contain only scalar and instant vector types', operand.expr);
  }
  const span = { from: left.expr.from, to: right.expr.to };
  const bothVectors = left.type === 'vector' && right.type === 'vector';
  const clash = matchingFault(op, matching, bothVectors);
  if (clash !== undefined) throw fault(clash, span);
  const expr: Expr = { kind: 'binary', op, left: left.expr, right: right.expr, returnBool, ...span };
  return { expr: bothVectors ? { ...expr, matching } : expr, type: bothScalar ? 'scalar' : 'vector' };
}

function matchingFault(op: BinaryOperator, matching: VectorMatching, bothVectors: boolean): string | undefined {
  if (!bothVectors) {
    if (matching.labels.length > 0) return 'vector matching only allowed between instant vectors';
    if (matching.fill !== undefined) return 'filling in missing series only allowed between instant vectors';
    return SET_OPERATORS.has(op) ? `set operator "${op}" not allowed in binary scalar expression` : undefined;
  }
  if (!SET_OPERATORS.has(op)) return undefined;
  if (matching.cardinality !== 'many-to-many') return `no grouping allowed for "${op}" operation`;
  return matching.fill === undefined ? undefined : 'filling in missing series not allowed for set operators';
}

function matchingOf(source: Source, parts: Parts): VectorMatching {
  const clause = parts.modifiers.find((node) => node.name === 'MatchingModifierClause');
  const fill = fillOf(source, parts);
  const [keyword, labels, group, include] = clause === undefined ? [] : childrenOf(clause);
  return {
    cardinality: cardinalityOf(parts.op, group),
    on: keyword?.name === 'On',
    labels: groupingLabels(source, labels),
    include: groupingLabels(source, include),
    ...(fill === undefined ? {} : { fill }),
  };
}

function cardinalityOf(op: BinaryOperator, group: SyntaxNode | undefined): VectorMatching['cardinality'] {
  if (group !== undefined) return group.name === 'GroupLeft' ? 'many-to-one' : 'one-to-many';
  return SET_OPERATORS.has(op) ? 'many-to-many' : 'one-to-one';
}

function fillOf(source: Source, parts: Parts): VectorMatching['fill'] {
  const node = parts.modifiers.find((modifier) => modifier.name === 'FillModifier');
  if (node === undefined) return undefined;
  if (!source.experimental)
    throw parseError(source.text, node, 'binop fill modifiers are experimental and not enabled');
  let fill: { left?: number; right?: number } = {};
  for (const clause of childrenOf(node)) {
    const value = signedNumber(source, clause.getChild('NumberDurationLiteral') ?? clause);
    if (clause.name !== 'FillRightClause') fill = { ...fill, left: value };
    if (clause.name !== 'FillLeftClause') fill = { ...fill, right: value };
  }
  return fill;
}

/** The value of a node `NumberDurationLiteral`, with its sign. */
export function signedNumber(source: Source, node: SyntaxNode): number {
  const text = textOf(source, node);
  const number = readNumber(text.replace(/^[+-]\s*/, ''));
  if (number === undefined) throw parseError(source.text, node, `bad number or duration syntax: "${text}"`);
  return text.startsWith('-') ? -number.value : number.value;
}
