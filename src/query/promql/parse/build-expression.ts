import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperator } from '#query/promql/ast.ts';
import { buildBinary } from './build-binary.ts';
import { applyModifier } from './build-modifier.ts';
import { buildOperand } from './build-operand.ts';
import { flatten, type Piece } from './flatten.ts';
import { parseError } from './parse-error.ts';
import { type Place, type Source, type Typed, textOf } from './source.ts';
import { TYPE_TEXT } from './type-text.ts';

/** How deep expressions may be nested. */
export const MAX_NESTING = 200;

const UNARY = 5;
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': UNARY,
  '/': UNARY,
  '%': UNARY,
  atan2: UNARY,
  '^': 6,
};

type Chain = { readonly source: Source; readonly pieces: readonly Piece[]; readonly place: Place; at: number };

/** Builds and checks the expression of a node; throws AppError bad_query. */
export function buildExpression(source: Source, node: SyntaxNode, place: Place): Typed {
  assertDepth(source, node, place.depth);
  const pieces = flatten(source, node);
  return climb({ source, pieces, place: pieces.length === 1 ? place : { depth: place.depth }, at: 0 }, 0, place.depth);
}

function assertDepth(source: Source, span: { readonly from: number; readonly to: number }, depth: number): void {
  if (depth > MAX_NESTING) throw parseError(source.text, span, `query is nested deeper than ${MAX_NESTING}`);
}

/** Precedence climbing: everything up to an operator that binds looser than `least`. */
function climb(chain: Chain, least: number, depth: number): Typed {
  let left = prefixed(chain, depth);
  for (;;) {
    const piece = chain.pieces[chain.at];
    if (piece?.kind !== 'infix') return left;
    const op = operatorOf(chain.source, piece.node);
    const precedence = PRECEDENCE[op];
    if (precedence < least) return left;
    chain.at++;
    const right = climb(chain, op === '^' ? precedence : precedence + 1, depth + 1);
    left = buildBinary(chain.source, { op, operator: piece.node, modifiers: piece.modifiers, left, right });
  }
}

function operatorOf(source: Source, node: SyntaxNode): BinaryOperator {
  const text = textOf(source, node).toLowerCase();
  if (Object.hasOwn(PRECEDENCE, text)) return text as BinaryOperator;
  throw parseError(source.text, node, `operator "${text}" is not supported`);
}

function prefixed(chain: Chain, depth: number): Typed {
  const piece = chain.pieces[chain.at++];
  if (piece?.kind === 'operand') {
    assertDepth(chain.source, piece.node, depth);
    return modified(chain, buildOperand(chain.source, piece.node, { ...chain.place, depth }));
  }
  if (piece?.kind !== 'prefix') throw parseError(chain.source.text, { from: 0, to: 0 }, 'no expression found in input');
  assertDepth(chain.source, { from: piece.from, to: piece.from + 1 }, depth);
  return signed(chain, piece, climb(chain, UNARY + 1, depth + 1));
}

function modified(chain: Chain, operand: Typed): Typed {
  let result = operand;
  for (;;) {
    const piece = chain.pieces[chain.at];
    if (piece?.kind !== 'postfix') return result;
    chain.at++;
    result = applyModifier(chain.source, piece.node, result);
  }
}

function signed(chain: Chain, sign: Extract<Piece, { kind: 'prefix' }>, operand: Typed): Typed {
  const { expr, type } = operand;
  const span = { from: sign.from, to: expr.to };
  if (expr.kind === 'number')
    return { expr: { ...expr, ...span, value: sign.op === '-' ? -expr.value : expr.value }, type };
  if (type === 'scalar' || type === 'vector') return { expr: { kind: 'unary', op: sign.op, expr, ...span }, type };
  const message = 'unary expression only allowed on expressions of type scalar or instant vector, got';
  throw parseError(chain.source.text, span, `${message} "${TYPE_TEXT[type]}"`);
}
