import type { QueryAnnotation } from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { type Grid, gridOf } from '#core/series-math/grid.ts';
import type { Span } from '#query/promql/ast.ts';
import type { EvaluationResult } from '#query/promql/eval/index.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { rangeAnswer } from './range-answer.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';

type Line = { readonly labels: Labels; readonly values: Float64Array };

/** Evaluates PromQL at the steps of a chart. */
export async function answerPromql(
  { promql, clock }: TextQueryParts,
  question: TextQuestion,
  step: number,
): Promise<TextAnswer> {
  const started = clock.monotonic();
  const expr = promql.parse(question.text);
  if (expr.kind === 'matrix' || expr.kind === 'subquery') throw needsFunction(expr);
  const grid = insideOf(gridOf(question.from, question.to, step), question.from);
  const { signal, text } = question;
  const steps = { start: grid.start, step: grid.step, count: grid.points };
  const result = await promql.evaluate({ expr, text, steps, isRange: true, signal });
  const lines = linesOf(result);
  return rangeAnswer(lines.slice(0, question.limit), {
    grid,
    isTruncated: lines.length > question.limit,
    annotations: [...result.annotations, ...histogramNote(result)],
    stats: {
      seriesMatched: result.stats.series,
      samplesRead: result.stats.samples,
      selectMs: rounded(result.stats.selectMs),
      evaluateMs: rounded(result.stats.evaluateMs),
      ms: rounded(clock.monotonic() - started),
    },
  });
}

function needsFunction({ from, to }: Span): AppError {
  const message = 'a range of samples (…[5m]) cannot be drawn: put a function such as rate() around it';
  return new AppError('bad_query', message, { details: { from, to } });
}

/** A value of PromQL stands at its time and looks back: a step before the range is not asked for. */
function insideOf({ start, step, points }: Grid, from: number): Grid {
  return start < from && points > 1 ? { start: start + step, step, points: points - 1 } : { start, step, points };
}

function linesOf({ value }: EvaluationResult): Line[] {
  if (value.kind === 'scalar') return [{ labels: { [NAME_LABEL]: 'scalar' }, values: value.values }];
  if (value.kind === 'vector') return value.series.filter(hasFloats).map(lineOf);
  throw new AppError(
    'bad_query',
    'the query gives a text, which cannot be drawn over time: series or a number are needed',
  );
}

function hasFloats({ present, histograms }: VectorSeries): boolean {
  return histograms === undefined || present.some((is, i) => is === 1 && histograms[i] === undefined);
}

function lineOf({ labels, values, present, histograms }: VectorSeries): Line {
  const column = Float64Array.from(values);
  for (let i = 0; i < column.length; i++) {
    if (present[i] !== 1 || histograms?.[i] !== undefined) column[i] = Number.NaN;
  }
  return { labels, values: column };
}

function histogramNote({ value }: EvaluationResult): QueryAnnotation[] {
  if (value.kind !== 'vector') return [];
  const count = value.series.filter(({ histograms }) => histograms?.some((one) => one !== undefined)).length;
  if (count === 0) return [];
  const message = `${count} series are native histograms, which a line cannot show: use histogram_quantile(0.95, …), histogram_avg(…) or histogram_count(…)`;
  return [{ level: 'warn', message }];
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
