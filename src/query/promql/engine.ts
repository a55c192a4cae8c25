import type { Expr } from './ast.ts';
import { type EvaluationResult, evaluate } from './eval/index.ts';
import { createFunctions } from './functions/index.ts';
import { createParser } from './parse/index.ts';
import type { PromSource } from './source.ts';
import type { Steps } from './value.ts';

/** How long a sample counts as the current one, ms: Prometheus' default. */
export const DEFAULT_LOOKBACK_MS = 300_000;
const MAX_SAMPLES = 50_000_000;
/** As deep as the parser lets an expression be. */
const MAX_DEPTH = 1_000;

/** A parsed query with the times of its evaluation, ms. */
export type PromQuestion = {
  readonly expr: Expr;
  /** The text it was parsed from, for positions in annotations. */
  readonly text?: string;
  readonly steps: Steps;
  /** A range query, also where it has one step: its step is what `step()` stands for. */
  readonly isRange?: boolean;
  readonly lookback?: number;
  readonly signal: AbortSignal;
};

/** PromQL over a source, with the limits of the product. */
export type PromEngine = {
  /** The checked expression. Throws `bad_query` with the position of the mistake. */
  readonly parse: (text: string) => Expr;
  /** Throws `bad_query` for what only the data show to be wrong, `limit_rows`, `limit_series`, `limit_time`, `cancelled`. */
  readonly evaluate: (question: PromQuestion) => Promise<EvaluationResult>;
};

/** Puts parser, functions and evaluation together. */
export function createPromEngine(source: PromSource): PromEngine {
  const functions = createFunctions();
  const parser = createParser(functions);
  return {
    parse: (text) => parser.parse(text),
    evaluate: async ({ expr, text, lookback = DEFAULT_LOOKBACK_MS, ...question }) =>
      evaluate(expr, {
        ...question,
        ...{ source, functions, lookback, experimental: true },
        limits: { samples: MAX_SAMPLES, depth: MAX_DEPTH },
        ...(text === undefined ? {} : { text }),
      }),
  };
}
