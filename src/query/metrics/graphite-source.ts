import type { Resolution } from '#core/api/query.ts';
import { AppError } from '#core/errors.ts';
import { type Matcher, PATH_LABEL } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { consolidate } from '#core/series-math/consolidate.ts';
import { inferInterval } from '#core/series-math/interval.ts';
import type { FetchedSeries, FetchRequest, GraphiteSource } from '#query/graphite/source.ts';
import { whole } from './catalogue.ts';
import { graphiteStep } from './graphite-step.ts';
import { tagMatchers } from './graphite-tags.ts';
import type { Metrics } from './metrics.ts';
import { coarser, WIDTH } from './resolution.ts';
import type { RawSeries, SeriesRef } from './series-source.ts';

const MAX_SERIES = 20_000;
const MAX_FOUND = 20_000;
/** Samples before the range from which the step of a series is inferred, ms. */
const STEP_LOOKBACK_MS = 600_000;

/** The storage side of the Graphite language over the metrics part. */
export function createGraphiteSource(metrics: Metrics): GraphiteSource {
  return {
    fetch: (request) => fetchSeries(metrics, request),
    find: (glob, { from, until, signal }) =>
      metrics.catalogue.findPaths(glob, {
        limit: MAX_FOUND,
        ...(from === undefined ? {} : { range: { from: from * 1000, to: (until ?? from) * 1000 } }),
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}

const matchersOf = ({ pattern }: FetchRequest): Matcher[] =>
  typeof pattern === 'string' ? [{ label: PATH_LABEL, op: '=', value: pattern }] : tagMatchers(pattern.tagExpressions);

async function fetchSeries(metrics: Metrics, request: FetchRequest): Promise<FetchedSeries[]> {
  const range = { from: request.from * 1000, to: request.until * 1000 };
  const signal = request.signal === undefined ? {} : { signal: request.signal };
  const options = { range, limit: MAX_SERIES, ...signal };
  const refs = whole(await metrics.catalogue.selectSome(matchersOf(request), options), MAX_SERIES);
  let resolution: Resolution = metrics.finestAt(range.from);
  for (;;) {
    try {
      const found = await (resolution === 'raw'
        ? fetchRaw(metrics, refs, request)
        : fetchRollup(metrics, refs, request, resolution));
      return found.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    } catch (error) {
      const next = coarser(resolution);
      if (!(error instanceof AppError && error.code === 'limit_rows') || next === undefined) throw error;
      resolution = next;
    }
  }
}

async function fetchRaw(metrics: Metrics, refs: readonly SeriesRef[], request: FetchRequest): Promise<FetchedSeries[]> {
  const range = { from: request.from * 1000 - STEP_LOOKBACK_MS, to: request.until * 1000 + 1000 };
  const found = await metrics.raw(refs, range, request.signal);
  return found.map((series) => onSlots(series, request));
}

/** Whisper's slots: `(from, until]` in multiples of the step; of several points in a slot the last stays. */
function onSlots({ series, t, v }: RawSeries, { from, until }: FetchRequest): FetchedSeries {
  const step = graphiteStep(inferInterval(t));
  const { start, end } = slots(from, until, step);
  const grid = { start: start * 1000, step: step * 1000, points: (end - start) / step };
  return { ...named(series), start, end, step, values: consolidate(t, v, grid, { how: 'last' }) };
}

async function fetchRollup(
  metrics: Metrics,
  refs: readonly SeriesRef[],
  request: FetchRequest,
  resolution: '5m' | '1h',
): Promise<FetchedSeries[]> {
  const step = WIDTH[resolution] / 1000;
  const { start, end } = slots(request.from, request.until, step);
  const answer = await metrics.grid({
    fn: 'raw',
    refs,
    range: { from: start * 1000, to: (end - step) * 1000 },
    plan: { resolution, step: step * 1000 },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  return answer.refs.map((ref, i) => ({
    ...named(ref),
    start,
    end,
    step,
    values: answer.values[i] ?? new Float64Array((end - start) / step),
  }));
}

/** As whisper: the first slot after `from`, up to the slot that holds `until`; at least one. */
function slots(from: number, until: number, step: number): { start: number; end: number } {
  const start = from - (from % step) + step;
  return { start, end: Math.max(start, until - (until % step)) + step };
}

/** Name and tags as Graphite writes them: `name;tag=value`, tags sorted. */
function named({ labels }: SeriesRef): { name: string; tags: Record<string, string> } {
  const { [NAME_LABEL]: name = '', ...tags } = labels;
  const suffix = Object.keys(tags)
    .toSorted()
    .map((tag) => `;${tag}=${tags[tag]}`)
    .join('');
  return { name: name + suffix, tags: { name, ...tags } };
}
