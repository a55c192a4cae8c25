import { AppError } from '#core/errors.ts';

const TOKEN = /'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"|[A-Za-z_]\w*|\s+|./gs;

/**
 * Names that a formatted statement defines by `name AS (SELECT …)`: in the engine's formatting only the elements of WITH
 * look like that. The syntax tree does not tell them.
 */
export function commonTableNames(formatted: string): Set<string> {
  const tokens = (formatted.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  const names = new Set<string>();
  tokens.forEach((token, at) => {
    const [as, open, verb] = tokens.slice(at + 1, at + 4);
    const isDefinition = as === 'AS' && open === '(' && (verb === 'SELECT' || verb === 'WITH' || verb === '(');
    if (isDefinition) names.add(token.replace(/^[`"]|[`"]$/g, ''));
  });
  return names;
}

/**
 * Refuses quoted names with escapes or control characters: the engine prints names raw in a syntax tree, so that one with
 * a line break could pose as nodes. Throws `bad_query`.
 */
export function requirePlainNames(formatted: string): void {
  for (const token of formatted.match(TOKEN) ?? []) {
    const isName = token.startsWith('`') || token.startsWith('"');
    // Parentheses too: ` (alias x)` and ` (children 1)` are how a tree marks its nodes.
    if (isName && /[\\\x00-\x1f\x7f()]/.test(token)) {
      throw new AppError(
        'bad_query',
        `the name ${token} holds a character that names may not have: choose a plainer one`,
      );
    }
  }
}

/** True when FORMAT or INTO OUTFILE stand in the statement, outside of quotes. */
export function hasOutputClause(formatted: string): boolean {
  return (formatted.match(TOKEN) ?? []).some((token) => token === 'FORMAT' || token === 'OUTFILE');
}
