import type { SyntaxNode } from '@lezer/common';
import type { AtModifier, Expr, VectorSelector } from '#query/promql/ast.ts';
import { signedNumber } from './build-binary.ts';
import { type BuiltDuration, buildDuration } from './build-duration.ts';
import { parseError } from './parse-error.ts';
import type { Source, Typed } from './source.ts';

type Subquery = Extract<Expr, { kind: 'subquery' }>;
type Timed = VectorSelector | Subquery;

/** What stands behind an expression (`[5m]`, `[5m:1m]`, `offset`, `@`, `anchored`, `smoothed`) applied to it. */
export function applyModifier(source: Source, node: SyntaxNode, operand: Typed): Typed {
  switch (node.name) {
    case 'MatrixSelector':
      return buildRange(source, node, operand.expr);
    case 'SubqueryExpr':
      return buildSubquery(source, node, operand);
    case 'OffsetExpr':
      return { ...operand, expr: timed(source, operand.expr, 'offset', (target) => withOffset(source, node, target)) };
    case 'StepInvariantExpr':
      return { ...operand, expr: timed(source, operand.expr, '@', (target) => withAt(source, node, target)) };
    default:
      return { ...operand, expr: extended(source, operand.expr, node) };
  }
}

function buildRange(source: Source, node: SyntaxNode, selector: Expr): Typed {
  const span = { from: source.text.indexOf('[', selector.to), to: node.to };
  if (selector.kind !== 'selector') throw parseError(source.text, span, 'ranges only allowed for vector selectors');
  if (hasOffset(selector)) throw parseError(source.text, span, 'no offset modifiers allowed before range');
  if (selector.at !== undefined) throw parseError(source.text, span, 'no @ modifiers allowed before range');
  const { ms, expr } = buildDuration(source, node.getChild('DurationExpr') ?? node, 'range');
  return {
    expr: { kind: 'matrix', selector, range: ms, ...(expr && { rangeExpr: expr }), from: selector.from, to: node.to },
    type: 'matrix',
  };
}

function buildSubquery(source: Source, node: SyntaxNode, operand: Typed): Typed {
  const { expr, type } = operand;
  const span = { from: expr.from, to: node.to };
  if (type !== 'vector') {
    throw parseError(source.text, span, `subquery is only allowed on instant vector, got ${type} instead`);
  }
  const [rangeNode, stepNode] = node.getChildren('DurationExpr');
  const range = buildDuration(source, rangeNode ?? node, 'range');
  const step: Partial<BuiltDuration> = stepNode === undefined ? {} : buildDuration(source, stepNode, 'range');
  const subquery: Subquery = {
    kind: 'subquery',
    expr,
    range: range.ms,
    ...(range.expr && { rangeExpr: range.expr }),
    step: step.ms,
    ...(step.expr && { stepExpr: step.expr }),
    offset: 0,
    ...span,
  };
  return { expr: subquery, type: 'matrix' };
}

/** Changes the selector or subquery that carries offset and `@`. */
function timed(source: Source, expr: Expr, modifier: string, change: (target: Timed) => Timed): Expr {
  if (expr.kind === 'selector' || expr.kind === 'subquery') return change(expr);
  if (expr.kind === 'matrix') {
    const selector = change(expr.selector);
    if (selector.kind === 'selector')
      return { ...expr, selector: { ...selector, to: expr.selector.to }, to: selector.to };
  }
  const subject = modifier === 'offset' ? 'offset modifier' : `${modifier} modifier`;
  const message = `${subject} must be preceded by an instant vector selector or range vector selector or a subquery`;
  throw parseError(source.text, expr, message);
}

const hasOffset = (target: Timed): boolean => target.offset !== 0 || target.offsetExpr !== undefined;

function withOffset(source: Source, node: SyntaxNode, target: Timed): Timed {
  if (hasOffset(target)) throw parseError(source.text, target, 'offset may not be set multiple times');
  const { ms, expr } = buildDuration(source, node.getChild('OffsetDurationExpr') ?? node, 'offset');
  return { ...target, offset: ms, ...(expr && { offsetExpr: expr }), to: node.to };
}

function withAt(source: Source, node: SyntaxNode, target: Timed): Timed {
  if (target.at !== undefined) throw parseError(source.text, target, '@ <timestamp> may not be set multiple times');
  return { ...target, at: atOf(source, node, target), to: node.to };
}

function atOf(source: Source, node: SyntaxNode, target: Timed): AtModifier {
  const edge = node.getChild('AtModifierPreprocessors');
  if (edge !== null) return edge.getChild('AtStart') === null ? 'end' : 'start';
  const seconds = signedNumber(source, node.getChild('NumberDurationLiteral') ?? node);
  if (Math.abs(seconds) < 2 ** 63 / 1000) return Math.round(seconds * 1000);
  throw parseError(source.text, target, `timestamp out of bounds for @ modifier: ${seconds}`);
}

function extended(source: Source, expr: Expr, node: SyntaxNode): Expr {
  const extension = node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed';
  const fault = (message: string) => parseError(source.text, expr, message);
  if (!source.experimental) throw fault(`${extension} modifier is experimental and not enabled`);
  if (expr.kind === 'subquery') throw fault(`${extension} modifier is not supported for subqueries`);
  const selector = expr.kind === 'matrix' ? expr.selector : expr;
  if (selector.kind !== 'selector') throw fault(`${extension} modifier not implemented`);
  if (selector.extension !== undefined && selector.extension !== extension) {
    throw fault('anchored and smoothed modifiers cannot be used together');
  }
  if (expr.kind === 'matrix') return { ...expr, selector: { ...selector, extension }, to: node.to };
  return { ...selector, extension, to: node.to };
}
