import type { SyntaxNode } from '@lezer/common';
import { parseError } from './parse-error.ts';
import { unquote } from './quoted-text.ts';
import { childrenOf, type Source, textOf } from './source.ts';

/** The labels of a node `GroupingLabels`, quoted or not; none when there is no node. */
export function groupingLabels(source: Source, node: SyntaxNode | undefined): readonly string[] {
  if (node === undefined) return [];
  return childrenOf(node).map((child) => {
    if (child.name === 'LabelName') return textOf(source, child);
    const label = stringValue(source, child);
    if (label !== '' && label.isWellFormed()) return label;
    throw parseError(source.text, child, `invalid label name for grouping: ${JSON.stringify(label)}`);
  });
}

/** The value of a node that holds a string literal. */
export function stringValue(source: Source, node: SyntaxNode): string {
  const literal = textOf(source, node);
  const value = unquote(literal);
  if (value !== undefined) return value;
  const closed = literal.length > 1 && literal.endsWith(literal.charAt(0));
  const message = closed ? `error unquoting string ${literal}: invalid syntax` : 'unterminated quoted string';
  throw parseError(source.text, node, message);
}
