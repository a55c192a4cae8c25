import type { Expr, VectorSelector } from './ast.ts';

/** The expressions right below one, in the order of the text. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'matrix':
      return [expr.selector];
    case 'call':
      return expr.args;
    case 'aggregate':
      return expr.param === undefined ? [expr.expr] : [expr.param, expr.expr];
    case 'binary':
      return [expr.left, expr.right];
    case 'subquery':
    case 'unary':
    case 'paren':
      return [expr.expr];
  }
}

/** Visits an expression and all below it, parents first, with the depth of each (the root has 1). Never recurses. */
export function walk(root: Expr, visit: (expr: Expr, depth: number) => void): void {
  const open: { readonly expr: Expr; readonly depth: number }[] = [{ expr: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    visit(next.expr, next.depth);
    const below = children(next.expr);
    for (let i = below.length - 1; i >= 0; i--) {
      const expr = below[i];
      if (expr !== undefined) open.push({ expr, depth: next.depth + 1 });
    }
  }
}

/** Every vector selector of an expression, those of range selectors too, in the order of the text. */
export function selectorsOf(root: Expr): readonly VectorSelector[] {
  const found: VectorSelector[] = [];
  walk(root, (expr) => {
    if (expr.kind === 'selector') found.push(expr);
  });
  return found;
}
