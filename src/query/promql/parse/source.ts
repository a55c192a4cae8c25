import type { SyntaxNode } from '@lezer/common';
import type { Expr, ValueType } from '#query/promql/ast.ts';
import type { PromFunction } from '#query/promql/function-def.ts';

/** What type checking must know of a function. */
export type Signature = Pick<PromFunction, 'args' | 'optional' | 'returns' | 'experimental'>;

/** Signatures by the name of the function. */
export type Signatures = ReadonlyMap<string, Signature>;

/** An expression with its type. */
export type Typed = { readonly expr: Expr; readonly type: ValueType };

/** How deep an expression stands in others, and whether it may be a selector of everything (`info`). */
export type Place = { readonly depth: number; readonly allowEmpty?: boolean };

/** The text of a query and what building its expression needs. */
export type Source = {
  readonly text: string;
  readonly experimental: boolean;
  readonly signatures: Signatures;
  /** Builds and checks the expression of a node below; throws AppError bad_query. */
  readonly build: (source: Source, node: SyntaxNode, place: Place) => Typed;
};

/** The children of a node of the syntax tree, comments left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
}

/** The text of a node. */
export const textOf = (source: Source, node: SyntaxNode): string => source.text.slice(node.from, node.to);
