import type { Resolution } from '#core/api/query.ts';
import { AppError } from '#core/errors.ts';
import { type Matcher, PATH_LABEL } from '#core/metric-query/query.ts';
import type { FetchedSeries, FetchRequest } from '#query/graphite/source.ts';
import { Turn } from '#query/graphite/turn.ts';
import { whole } from './catalogue.ts';
import { SlotFinder, slotsOf, valuesInSlots } from './graphite-source-slots.ts';
import type { Wanted, WantedSeries } from './graphite-source-wanted.ts';
import { type TaggedPath, taggedPath, tagMatchers } from './graphite-tags.ts';
import type { Metrics } from './metrics.ts';
import { coarser, WIDTH } from './resolution.ts';
import type { RawSeries } from './series-source.ts';

const MAX_SERIES = 20_000;
/** Points of one answer, 8 bytes each; series without data share theirs. */
const MAX_POINTS = 30_000_000;
/** Samples before the range from which the interval of a series is inferred, ms. */
const STEP_LOOKBACK_MS = 600_000;

export type SeriesParts = { readonly metrics: Metrics; readonly wanted: WantedSeries };

function matchersOf({ pattern }: FetchRequest, tagged: TaggedPath | undefined): Matcher[] {
  if (tagged !== undefined) return tagMatchers(tagged.expressions);
  if (typeof pattern === 'string') return [{ label: PATH_LABEL, op: '=', value: pattern }];
  return tagMatchers(pattern.tagExpressions);
}

/**
 * The series that a request selects, sorted by name. As in carbon a series that is known and has no points in the range
 * is answered too, as nulls: known means seen in the two days before the range or later, which is as fine as the
 * catalogue's `last_seen` is. Throws `limit_series` and `limit_rows`.
 */
export async function fetchSeries(parts: SeriesParts, request: FetchRequest): Promise<FetchedSeries[]> {
  const { metrics } = parts;
  const range = { from: request.from * 1000, to: request.until * 1000 };
  const signal = request.signal === undefined ? {} : { signal: request.signal };
  const options = { range, limit: MAX_SERIES, ...signal };
  const tagged = typeof request.pattern === 'string' ? taggedPath(request.pattern) : undefined;
  const refs = whole(await metrics.catalogue.selectSome(matchersOf(request, tagged), options), MAX_SERIES);
  const named = parts.wanted.of(refs);
  const wanted = tagged === undefined ? named : named.filter(({ name }) => name === tagged.name);
  let resolution: Resolution = metrics.finestAt(range.from);
  for (;;) {
    try {
      return await (resolution === 'raw'
        ? fetchRaw(metrics, wanted, request)
        : fetchRollup(metrics, wanted, request, resolution));
    } catch (error) {
      const next = coarser(resolution);
      if (!(error instanceof AppError && error.code === 'limit_rows') || next === undefined) throw error;
      resolution = next;
    }
  }
}

async function fetchRaw(metrics: Metrics, wanted: readonly Wanted[], request: FetchRequest): Promise<FetchedSeries[]> {
  const range = { from: request.from * 1000 - STEP_LOOKBACK_MS, to: request.until * 1000 + 1000 };
  const refs = wanted.map(({ ref }) => ref);
  const found = new Map((await metrics.raw(refs, range, request.signal)).map((raw) => [raw.series, raw]));
  const answer = new Answer(request);
  const turn = new Turn();
  for (const one of wanted) {
    if (turn.isOver) await turn.pass();
    answer.add(one, found.get(one.ref));
  }
  return answer.series;
}

/** Lays series on their slots, bounded. */
class Answer {
  readonly #request: FetchRequest;
  readonly #finder: SlotFinder;
  readonly #empty = new Map<number, Float64Array>();
  readonly series: FetchedSeries[] = [];
  #points = 0;

  constructor(request: FetchRequest) {
    this.#request = request;
    this.#finder = new SlotFinder(request);
  }

  add(one: Wanted, raw: RawSeries | undefined): void {
    const { name, tags } = one;
    if (raw === undefined) {
      const slots = slotsOf(this.#request, one.step);
      this.series.push({ name, tags, ...slots, values: this.#nulls((slots.end - slots.start) / slots.step) });
      return;
    }
    const placement = this.#finder.find(raw.t, one.step);
    this.#count(placement.points);
    this.series.push({ name, tags, ...placement.slots, values: valuesInSlots(placement, raw.v) });
  }

  #nulls(points: number): Float64Array {
    const known = this.#empty.get(points);
    if (known !== undefined) return known;
    this.#count(points);
    const values = new Float64Array(points).fill(Number.NaN);
    this.#empty.set(points, values);
    return values;
  }

  #count(points: number): void {
    this.#points += points;
    if (this.#points <= MAX_POINTS) return;
    throw new AppError('limit_rows', `the range has more than ${MAX_POINTS} points: shorten it or narrow the path`);
  }
}

async function fetchRollup(
  metrics: Metrics,
  wanted: readonly Wanted[],
  request: FetchRequest,
  resolution: '5m' | '1h',
): Promise<FetchedSeries[]> {
  const width = WIDTH[resolution] / 1000;
  const byStep = Map.groupBy(wanted, ({ step }) => Math.ceil(step / width) * width);
  const found = new Map<Wanted, FetchedSeries>();
  for (const [step, group] of byStep) {
    const { start, end } = slotsOf(request, step);
    const answer = await metrics.grid({
      fn: 'raw',
      refs: group.map(({ ref }) => ref),
      range: { from: start * 1000, to: (end - step) * 1000 },
      plan: { resolution, step: step * 1000 },
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const values = new Map(answer.refs.map((ref, i) => [ref, answer.values[i]]));
    const nulls = new Float64Array((end - start) / step).fill(Number.NaN);
    for (const one of group) {
      const { name, tags, ref } = one;
      found.set(one, { name, tags, start, end, step, values: values.get(ref) ?? nulls });
    }
  }
  return wanted.flatMap((one) => found.get(one) ?? []);
}
