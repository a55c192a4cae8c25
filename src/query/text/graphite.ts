import { NAME_LABEL } from '#core/model/labels.ts';
import type { Grid } from '#core/series-math/grid.ts';
import { gridOf } from '#core/series-math/grid.ts';
import { evaluateGraphite } from '#query/graphite/evaluate.ts';
import { fitPoints } from '#query/graphite/fit-points.ts';
import type { Series } from '#query/graphite/series.ts';
import type { FetchedSeries, GraphiteSource } from '#query/graphite/source.ts';
import { rangeAnswer } from './range-answer.ts';
import type { TextAnswer, TextQueryParts, TextQuestion } from './text-query.ts';

const SECOND = 1_000;

type Counts = { series: number; samples: number; ms: number };

/** Evaluates a Graphite target; the name that it gives a series is the label `__name__`. */
export async function answerGraphite(
  { graphite, clock }: TextQueryParts,
  question: TextQuestion,
  step: number,
): Promise<TextAnswer> {
  const started = clock.monotonic();
  const read: Counts = { series: 0, samples: 0, ms: 0 };
  const { from, to, maxPoints, timeZone, signal, limit, text } = question;
  const list = await evaluateGraphite(counting(graphite, read), {
    targets: [text],
    from: Math.floor(from / SECOND),
    until: Math.ceil(to / SECOND),
    now: Math.floor(clock.now() / SECOND),
    timeZone,
    signal,
  });
  const fitted = fitPoints(list, maxPoints).slice(0, limit);
  const grid = gridFor(fitted, { from, to, step });
  const ms = clock.monotonic() - started;
  return rangeAnswer(
    fitted.map((series) => ({ labels: { [NAME_LABEL]: series.name }, values: onGrid(series, grid) })),
    {
      grid,
      isTruncated: list.length > limit,
      stats: {
        seriesMatched: read.series,
        samplesRead: read.samples,
        selectMs: rounded(read.ms),
        evaluateMs: rounded(Math.max(0, ms - read.ms)),
        ms: rounded(ms),
      },
    },
  );
}

/** The source, with an account of what was fetched. */
function counting(source: GraphiteSource, read: Counts): GraphiteSource {
  return {
    ...source,
    fetch: async (request): Promise<readonly FetchedSeries[]> => {
      const started = performance.now();
      const fetched = await source.fetch(request);
      read.ms += performance.now() - started;
      read.series += fetched.length;
      for (const { values } of fetched) read.samples += values.length;
      return fetched;
    },
  };
}

/** The grid of the finest series; a chart step where there are none. */
function gridFor(list: readonly Series[], asked: { from: number; to: number; step: number }): Grid {
  if (list.length === 0) return gridOf(asked.from, asked.to, asked.step);
  const step = Math.min(...list.map((series) => series.step)) * SECOND;
  const start = Math.min(...list.map((series) => series.start)) * SECOND;
  const end = Math.max(...list.map((series) => series.start + series.values.length * series.step)) * SECOND;
  return { start, step, points: Math.max(0, Math.round((Math.min(end, asked.to + step) - start) / step)) };
}

/** A value of a coarser series stands at each point of its step. */
function onGrid(series: Series, grid: Grid): Float64Array {
  const out = new Float64Array(grid.points).fill(Number.NaN);
  for (let i = 0; i < out.length; i++) {
    const at = Math.floor((grid.start + i * grid.step - series.start * SECOND) / (series.step * SECOND));
    if (at >= 0 && at < series.values.length) out[i] = series.values[at] as number;
  }
  return out;
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
