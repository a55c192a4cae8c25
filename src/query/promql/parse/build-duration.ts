import type { SyntaxNode } from '@lezer/common';
import type { DurationExpr } from '#query/promql/ast.ts';
import { durationFault, evaluateDuration, needsTimes, toMs } from './durations.ts';
import { readNumber } from './number-literal.ts';
import { parseError } from './parse-error.ts';
import { childrenOf, type Source, textOf } from './source.ts';

/** A range, step or offset: ms (NaN while unknown), and how it was written when that was more than a literal. */
export type BuiltDuration = { readonly ms: number; readonly expr?: DurationExpr };

const OPERATORS = { Add: '+', Sub: '-', Mul: '*', Div: '/', Mod: '%', Pow: '^' } as const;
const MAX_DEPTH = 100;

/** Reads a node `DurationExpr` or `OffsetDurationExpr`. */
export function buildDuration(source: Source, node: SyntaxNode, use: 'range' | 'offset'): BuiltDuration {
  const expr = build(source, node, 0);
  const literal = signedLiteral(expr, use);
  if (literal === undefined && !source.experimental) {
    throw parseError(source.text, node, 'experimental duration expression is not enabled');
  }
  const seconds = literal ?? evaluateDuration(expr);
  const fault = needsTimes(expr) ? undefined : durationFault(seconds, use);
  if (fault !== undefined) throw parseError(source.text, node, fault);
  return literal === undefined ? { ms: toMs(seconds), expr } : { ms: toMs(seconds) };
}

/** A literal, for an offset also one with a sign, is no arithmetic yet. */
function signedLiteral(expr: DurationExpr, use: 'range' | 'offset'): number | undefined {
  if (expr.kind === 'number') return expr.value;
  if (use === 'offset' && expr.kind === 'unary' && expr.expr.kind === 'number') return evaluateDuration(expr);
  return undefined;
}

function build(source: Source, node: SyntaxNode, depth: number): DurationExpr {
  if (depth > MAX_DEPTH) throw parseError(source.text, node, `duration expression is nested deeper than ${MAX_DEPTH}`);
  const [first, second, third] = childrenOf(node);
  if (first === undefined) throw parseError(source.text, node, 'duration expected');
  const inner = (child: SyntaxNode): DurationExpr => build(source, child, depth + 1);
  if (first.name === 'DurationStep') return { kind: 'step' };
  if (first.name === 'DurationRange') return { kind: 'range' };
  if (first.name === 'NumberDurationLiteralInDurationContext') return literal(source, first);
  if (second === undefined) return { kind: 'paren', expr: inner(first) };
  if (first.name === 'UnaryOp')
    return { kind: 'unary', op: textOf(source, first) === '-' ? '-' : '+', expr: inner(second) };
  if (third === undefined) throw parseError(source.text, node, 'duration expected');
  if (first.name === 'DurationMinOf') return { kind: 'binary', op: 'min_of', left: inner(second), right: inner(third) };
  if (first.name === 'DurationMaxOf') return { kind: 'binary', op: 'max_of', left: inner(second), right: inner(third) };
  const op = OPERATORS[second.name as keyof typeof OPERATORS];
  return { kind: 'binary', op, left: inner(first), right: inner(third) };
}

function literal(source: Source, node: SyntaxNode): DurationExpr {
  const number = readNumber(textOf(source, node));
  if (number === undefined)
    throw parseError(source.text, node, `bad number or duration syntax: "${textOf(source, node)}"`);
  return { kind: 'number', value: number.value, ...(number.isDuration ? { isDuration: true } : {}) };
}
