import { AppError } from '#core/errors.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import type { QueryResult } from '#query/logs/index.ts';
import { rangeAnswer } from './range-answer.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';

/** Counts in finer steps than this say nothing. */
const MOST_STEPS = 120;

/** Runs a log query for a chart. One without pipes is how many lines match over time. */
export async function answerLogs({ logs }: TextQueryParts, question: TextQuestion): Promise<TextAnswer> {
  const { text, from, to, maxPoints, limit } = question;
  if (!(from < to)) throw new AppError('bad_request', `the time range is empty: from ${from} to ${to}`);
  const { pipes } = parseLogQuery(text);
  const query = pipes.length === 0 ? `${text} | timechart count() as lines` : text;
  return textAnswerOfLogs(
    await logs.run({ query, from, to, maxPoints: Math.min(maxPoints, MOST_STEPS) }, question.signal),
    limit,
  );
}

/** A table as a header without columns, lines over time as those of a range query; at most so many lines or rows. */
export function textAnswerOfLogs(result: QueryResult, limit = Number.POSITIVE_INFINITY): TextAnswer {
  const { rowsRead, ms, partial } = result.stats;
  const annotations = partial
    ? [{ level: 'warn' as const, message: 'the time limit ended the query: what is shown is a part' }]
    : [];
  if (result.kind === 'table') {
    const { columns: fields, rows, truncated } = result;
    const stats = { seriesMatched: 0, samplesRead: rowsRead, ms };
    const header = { type: 'table', fields, rows, truncated, stats, annotations } as const;
    return { header, columns: [] };
  }
  const { start, step, points, series } = result;
  return rangeAnswer(series.slice(0, limit), {
    grid: { start, step, points },
    isTruncated: series.length > limit,
    stats: { seriesMatched: series.length, samplesRead: rowsRead, ms },
    annotations,
  });
}
