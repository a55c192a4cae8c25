import { AppError } from '#core/errors.ts';
import { isAllowedFunction } from './allowed-functions.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** The tables of user-written SQL, with or without `nocmate.` before the name. */
export const TABLES: readonly string[] = [
  ...['samples', 'samples_5m', 'samples_1h', 'series', 'histograms', 'exemplars', 'metric_metadata', 'logs', 'events'],
];

/** Everything else that the engine's parser may make of a text is refused. */
const KINDS = new Set(
  (
    'SelectWithUnionQuery SelectIntersectExceptQuery ExpressionList SelectQuery Literal WithElement Subquery Identifier ' +
    'TablesInSelectQuery TablesInSelectQueryElement TableExpression TableIdentifier TableJoin Function OrderByElement ' +
    'Asterisk QualifiedAsterisk ArrayJoin WindowDefinition WindowListElement ColumnsTransformerList ' +
    'ColumnsReplaceTransformer ColumnsReplaceTransformer::Replacement ColumnsExceptTransformer'
  ).split(' '),
);

const MEMBERSHIP = new Set(['in', 'notin', 'nullin', 'notnullin']);

const refuse = (message: string): never => {
  throw new AppError('bad_query', message);
};

/**
 * Checks that a statement is one SELECT over the allowed tables, with allowed functions, and nothing else. `names` are
 * its common table expressions. Throws `bad_query` that names what is refused and what may be used instead.
 */
export function checkStatement(root: SyntaxNode, names: ReadonlySet<string>): void {
  if (root.kind !== 'SelectWithUnionQuery') refuse(`only SELECT is allowed, this is ${spell(root.kind)}`);
  walk(root, names);
}

function walk(node: SyntaxNode, names: ReadonlySet<string>): void {
  if (node.kind === 'Set') refuse('SETTINGS is not allowed: the limits are set for every statement');
  if (!KINDS.has(node.kind)) refuse(`${spell(node.kind)} is not allowed here`);
  switch (node.kind) {
    case 'SelectWithUnionQuery':
      if (node.children.some(({ kind }) => kind === 'Set')) refuse('SETTINGS is not allowed');
      if (node.children.length > 1) refuse('FORMAT and INTO OUTFILE are not allowed');
      break;
    case 'TableExpression':
      checkTableExpression(node);
      break;
    case 'TableIdentifier':
      checkTable(node.text, names);
      break;
    case 'Function':
      checkFunction(node, names);
      break;
  }
  for (const child of node.children) walk(child, names);
}

function checkTableExpression({ children }: SyntaxNode): void {
  const source = children[0];
  if (source?.kind === 'TableIdentifier' || source?.kind === 'Subquery') return;
  refuse(`the table function '${source?.text ?? ''}' is not allowed: read from ${TABLES.join(', ')}`);
}

function checkTable(name: string, names: ReadonlySet<string>): void {
  const plain = name.startsWith('nocmate.') ? name.slice('nocmate.'.length) : name;
  if (TABLES.includes(plain) || (!name.includes('.') && names.has(name))) return;
  refuse(`there is no table '${name}': there are ${TABLES.join(', ')}`);
}

function checkFunction(node: SyntaxNode, names: ReadonlySet<string>): void {
  if (!isAllowedFunction(node.text)) refuse(`the function '${node.text}' is not allowed`);
  if (!MEMBERSHIP.has(node.text.toLowerCase())) return;
  // `x IN name` reads the table of that name.
  const set = node.children[0]?.children[1];
  if (set?.kind === 'Identifier') checkTable(set.text, names);
}

/** `InsertQuery` → `INSERT QUERY`. */
const spell = (kind: string): string => kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
