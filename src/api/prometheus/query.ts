import { AppError } from '#core/errors.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import type { Expr } from '#query/promql/ast.ts';
import { DEFAULT_LOOKBACK_MS } from '#query/promql/engine.ts';
import type { EvaluationResult, EvaluationStats } from '#query/promql/eval/index.ts';
import type { Steps } from '#query/promql/value.ts';
import { bad, explained, PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { notesOf, successOf } from './reply.ts';
import { instantResult, type ResultJson, rangeResult } from './result-json.ts';

const MAX_POINTS = 11_000;
const DEFAULT_TIMEOUT_MS = 120_000;

/** `/api/v1/query`: the value of an expression at one time. */
export async function instantQuery(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const time = fields.time('time', api.clock.now());
  const steps = { start: time, step: 0, count: 1 };
  const found = await evaluated(api, request, { fields, steps, isRange: false });
  return answer(fields, found, instantResult(found.value, time));
}

/** `/api/v1/query_range`: its values at many. */
export async function rangeQuery(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const steps = readSteps(fields);
  const found = await evaluated(api, request, { fields, steps, isRange: true });
  return answer(fields, found, rangeResult(found.value, steps));
}

function readSteps(fields: PromFields): Steps {
  const [start, end] = [fields.time('start'), fields.time('end')];
  if (end < start) throw bad('end', 'end timestamp must not be before start time');
  const step = fields.duration('step');
  if (step === undefined) throw bad('step', 'cannot parse "" to a valid duration');
  if (step <= 0) {
    throw bad('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer');
  }
  if ((end - start) / step > MAX_POINTS) {
    throw new AppError(
      'bad_request',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  return { start, step, count: Math.floor((end - start) / step) + 1 };
}

type Asked = { readonly fields: PromFields; readonly steps: Steps; readonly isRange: boolean };

async function evaluated(api: PrometheusApi, request: RouteRequest, asked: Asked): Promise<EvaluationResult> {
  const { fields, steps, isRange } = asked;
  const text = fields.text('query') ?? '';
  const expr = explained('query', () => api.engine.parse(text));
  if (isRange) checkRangeType(expr);
  const timeout = AbortSignal.timeout(Math.min(fields.duration('timeout') ?? DEFAULT_TIMEOUT_MS, DEFAULT_TIMEOUT_MS));
  const lookback = fields.duration('lookback_delta') || DEFAULT_LOOKBACK_MS;
  await api.settled();
  try {
    const signal = AbortSignal.any([request.signal, timeout]);
    return await api.engine.evaluate({ expr, text, steps, isRange, lookback, signal });
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new AppError('limit_time', 'query timed out in expression evaluation', { cause: error });
  }
}

function checkRangeType(expr: Expr): void {
  const top = withoutParens(expr);
  const type =
    top.kind === 'string' ? 'string' : top.kind === 'matrix' || top.kind === 'subquery' ? 'range vector' : '';
  if (type === '') return;
  throw bad('query', `invalid expression type "${type}" for range query, must be Scalar or instant Vector`);
}

const withoutParens = (expr: Expr): Expr => (expr.kind === 'paren' ? withoutParens(expr.expr) : expr);

function answer(fields: PromFields, found: EvaluationResult, result: ResultJson): Promise<RouteResponse> {
  const limit = fields.limit(Number.POSITIVE_INFINITY);
  const notes = notesOf(found.annotations);
  const cut = result.size > limit && result.type !== 'scalar' && result.type !== 'string';
  const warnings = [...(notes.warnings ?? []), ...(cut ? ['results truncated due to limit'] : [])];
  return successOf(dataText(fields, found.stats, { result, limit }), { ...notes, warnings });
}

function* dataText(
  fields: PromFields,
  stats: EvaluationStats,
  { result, limit }: { readonly result: ResultJson; readonly limit: number },
): Generator<string> {
  yield `{"resultType":"${result.type}","result":`;
  yield* result.pieces(limit);
  yield (fields.text('stats') ?? '') === '' ? '}' : `,"stats":${JSON.stringify(statsOf(stats))}}`;
}

function statsOf({ selectMs, evaluateMs, samples, peakSamples }: EvaluationStats) {
  return {
    timings: {
      evalTotalTime: (selectMs + evaluateMs) / 1000,
      resultSortTime: 0,
      queryPreparationTime: selectMs / 1000,
      innerEvalTime: evaluateMs / 1000,
      execQueueTime: 0,
      execTotalTime: (selectMs + evaluateMs) / 1000,
    },
    samples: { totalQueryableSamples: samples, peakSamples },
  };
}
