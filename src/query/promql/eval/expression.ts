import type { Expr } from '#query/promql/ast.ts';
import { walk } from '#query/promql/walk.ts';

/** The expression inside any parentheses. */
export function unwrapParens(expr: Expr): Expr {
  let inner = expr;
  while (inner.kind === 'paren') inner = inner.expr;
  return inner;
}

/** How many levels of nesting an expression has. */
export function depthOf(expr: Expr): number {
  let deepest = 0;
  walk(expr, (_, depth) => {
    if (depth > deepest) deepest = depth;
  });
  return deepest;
}
