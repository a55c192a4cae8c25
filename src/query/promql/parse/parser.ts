import type { PartialParse, Tree } from '@lezer/common';
import { parser as grammar } from '@prometheus-io/lezer-promql';
import type { Expr } from '#query/promql/ast.ts';
import { walk } from '#query/promql/walk.ts';
import { buildExpression } from './build-expression.ts';
import { parseError } from './parse-error.ts';
import { MAX_DEPTH, sizeProblem } from './size-limits.ts';
import type { Signatures, Source } from './source.ts';
import { syntaxFault } from './syntax-fault.ts';
import { describeToken, tokensOf, withKnownTokens } from './tokens.ts';

/** What may be set when a query is read; experimental parts of the language are on unless switched off. */
export type ParseOptions = { readonly experimental?: boolean };

/** Reads queries that may use the given functions. */
export type Parser = {
  /** The checked expression of a text; throws AppError bad_query with `from`, `to`, `line` and `column`. */
  readonly parse: (text: string, options?: ParseOptions) => Expr;
};

/** A parser of PromQL: the official grammar, then the checks of Prometheus' own parser. */
export const createParser = (signatures: Signatures): Parser => ({
  parse: (text, options = {}) =>
    parseText({ text, signatures, experimental: options.experimental ?? true, build: buildExpression }),
});

function parseText(source: Source): Expr {
  const { text } = source;
  const tooMuch = sizeProblem(text);
  if (tooMuch !== undefined) throw parseError(text, { from: tooMuch.at, to: tooMuch.at }, tooMuch.reason);
  const tree = strictTree(source);
  const root = tree.topNode.getChild('Expr');
  if (root === null) throw parseError(text, { from: 0, to: 0 }, 'no expression found in input');
  const { expr } = buildExpression(source, root, { depth: 1 });
  walk(expr, (below, depth) => {
    if (depth > MAX_DEPTH) throw parseError(text, below, `query is nested deeper than ${MAX_DEPTH}`);
  });
  return expr;
}

/** The tree of a text without errors. Recovery from errors takes seconds on long texts, so only the part up to the first one is read with it. */
function strictTree(source: Source): Tree {
  const plain = withKnownTokens(source.text);
  try {
    return parseWhole(grammar.configure({ strict: true }).startParse(plain));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const at = Number(/\d+/.exec(cause.message)?.[0] ?? 0);
    const token = tokensOf(plain).find((candidate) => candidate.to > at);
    const tree = grammar.parse(plain.slice(0, token?.to ?? plain.length));
    throw (
      syntaxFault(source, tree) ?? parseError(source.text, { from: at, to: at }, `unexpected ${describeToken(token)}`)
    );
  }
}

/**
 * Runs a parse to its end. The library takes 300 left-associative reductions over 2,000 characters for a list that it may
 * cut, which would refuse `a or b or …`; the counter it goes by is set back at every step.
 */
function parseWhole(parse: PartialParse): Tree {
  for (;;) {
    Object.assign(parse, { bigReductionCount: 0 });
    const tree = parse.advance();
    if (tree !== null) return tree;
  }
}
