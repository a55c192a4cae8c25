import type {
  FunctionHelp,
  QueryCheckAnswer,
  QueryCheckRequest,
  SqlTableHelp,
  TextQueryRequest,
  VariableQueryRequest,
} from '#core/api/text-query.ts';
import { checkText } from './check.ts';
import { functionsOf } from './functions.ts';
import { answerGraphite } from './graphite.ts';
import { answerLogs } from './logs.ts';
import { type Expanded, expandMacros } from './macros.ts';
import { answerMetrics } from './metrics.ts';
import { placedError } from './problem.ts';
import { answerPromql } from './promql.ts';
import { answerSql } from './sql.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';
import { variableValues } from './variable-values.ts';

export { textAnswerOfLogs } from './logs.ts';
export type { TextAnswer, TextQueryParts } from './text-query.ts';

/** Queries written as text, in any language of the product. */
export type TextQueries = {
  /** Throws `bad_query` with `position` (and `end`) in the details where it is known, `limit_*`, `cancelled`. */
  readonly range: (request: TextQueryRequest, signal: AbortSignal) => Promise<TextAnswer>;
  /** Reads a text without running it. */
  readonly check: (request: QueryCheckRequest, signal: AbortSignal) => Promise<QueryCheckAnswer>;
  /** The functions of a language, by name. */
  readonly functions: (language: 'promql' | 'graphite' | 'sql') => Promise<readonly FunctionHelp[]>;
  /** What SQL may read. */
  readonly tables: () => Promise<readonly SqlTableHelp[]>;
  /** What a variable of a dashboard offers. */
  readonly values: (request: VariableQueryRequest, signal: AbortSignal) => Promise<string[]>;
};

/** Builds the text queries over the languages. */
export function createTextQueries(parts: TextQueryParts): TextQueries {
  return {
    range: async (request, signal) => {
      const expanded = expandMacros(request.language, request.text, request);
      try {
        return await answer(parts, { ...request, text: expanded.text, signal }, expanded);
      } catch (error) {
        throw placedError(error, expanded);
      }
    },
    check: async (request, signal) => {
      const problem = await checkText(parts, request, signal);
      return problem === undefined ? {} : { problem };
    },
    functions: async (language) => (language === 'sql' ? parts.sql.functions() : functionsOf(language)),
    tables: () => parts.sql.tables(),
    values: (request, signal) => variableValues(parts, request, signal),
  };
}

function answer(parts: TextQueryParts, question: TextQuestion, { step }: Expanded): Promise<TextAnswer> {
  switch (question.language) {
    case 'metrics':
      return answerMetrics(parts, question);
    case 'promql':
      return answerPromql(parts, question, step);
    case 'graphite':
      return answerGraphite(parts, question, step);
    case 'logs':
      return answerLogs(parts, question);
    case 'sql':
      return answerSql(parts, question, step);
  }
}
