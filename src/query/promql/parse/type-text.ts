import type { ValueType } from '#query/promql/ast.ts';

/** The types of values as messages and the documentation name them. */
export const TYPE_TEXT: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
};
