import type { QueryCheckRequest, QueryProblemAnswer } from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { parseTarget } from '#query/graphite/parser.ts';
import { expandMacros } from './macros.ts';
import { problemOf } from './problem.ts';
import type { TextQueryParts } from './text-query.ts';

const ANY_RANGE = { from: 0, to: 3_600_000, maxPoints: 600 };

/** What is wrong with a text before it is run; undefined = it can be read. */
export async function checkText(
  parts: TextQueryParts,
  { language, text }: QueryCheckRequest,
  signal: AbortSignal,
): Promise<QueryProblemAnswer | undefined> {
  const expanded = expandMacros(language, text, ANY_RANGE);
  try {
    switch (language) {
      case 'metrics':
        parseMetricQuery(expanded.text);
        break;
      case 'promql':
        parts.promql.parse(expanded.text);
        break;
      case 'graphite':
        parseTarget(expanded.text);
        break;
      case 'logs':
        parseLogQuery(expanded.text);
        break;
      case 'sql':
        await parts.sql.check(expanded.text, signal);
        break;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad_query') throw error;
    return problemOf(error, expanded);
  }
}
