import { parseLogQuery } from '../log-query/parse.ts';
import { LogQuerySyntaxError } from '../log-query/syntax-error.ts';
import type { JsonObject } from './json-reader.ts';
import type { LogTarget } from './log-target-result.ts';
import { logsOfLoki } from './logql.ts';
import { logsOfElastic } from './lucene-target.ts';

/** A query of Loki (`expr`), or of Elasticsearch (`query`, `metrics`, `bucketAggs`). */
export function convertLogTarget(source: JsonObject): LogTarget {
  const { expr } = source;
  const target = typeof expr === 'string' && expr.trim() !== '' ? logsOfLoki(expr) : logsOfElastic(source);
  if ('reason' in target) return target;
  const problem = problemOf(target.text);
  return problem === undefined ? target : { reason: `its query cannot be read: ${problem}` };
}

function problemOf(text: string): string | undefined {
  try {
    parseLogQuery(text);
    return undefined;
  } catch (error) {
    if (error instanceof LogQuerySyntaxError) return error.message;
    throw error;
  }
}
