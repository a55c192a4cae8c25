import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Source, textOf } from './source.ts';

/** A piece of an operator chain, in the order of the text. */
export type Piece =
  | { readonly kind: 'operand'; readonly node: SyntaxNode }
  | { readonly kind: 'prefix'; readonly op: '+' | '-'; readonly from: number }
  | { readonly kind: 'postfix'; readonly node: SyntaxNode }
  | { readonly kind: 'infix'; readonly node: SyntaxNode; readonly modifiers: readonly SyntaxNode[] };

const POSTFIX = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

/**
 * An expression as the sequence of its operands and operators. The editor grammar binds modifiers and signs looser than
 * Prometheus does (`a + b offset 5m`, `-1 ^ 2`), so its nesting of operators is not kept. Never recurses.
 */
export function flatten(source: Source, root: SyntaxNode): readonly Piece[] {
  const pieces: Piece[] = [];
  const open: (Piece | SyntaxNode)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('kind' in next) pieces.push(next);
    else open.push(...piecesOf(source, next).reverse());
  }
  return pieces;
}

function piecesOf(source: Source, node: SyntaxNode): (Piece | SyntaxNode)[] {
  const children = childrenOf(node);
  const [first] = children;
  const last = children.at(-1);
  if (first !== undefined && POSTFIX.has(node.name)) return [first, { kind: 'postfix', node }];
  if (first !== undefined && last !== undefined && node.name === 'UnaryExpr') return [sign(source, first.from), last];
  if (first !== undefined && last !== undefined && node.name === 'BinaryExpr') {
    const [, operator, ...rest] = children;
    if (operator !== undefined) return [first, { kind: 'infix', node: operator, modifiers: rest.slice(0, -1) }, last];
  }
  if (node.name === 'NumberDurationLiteral' && /^[+-]/.test(textOf(source, node))) {
    return [sign(source, node.from), { kind: 'operand', node }];
  }
  return [{ kind: 'operand', node }];
}

const sign = (source: Source, from: number): Piece => ({
  kind: 'prefix',
  op: source.text[from] === '-' ? '-' : '+',
  from,
});
