import { type AggFunc, isEnough } from '#query/graphite/agg-func.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { intervalUnit, parseInterval } from '#query/graphite/interval.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { renamed, type Series, withTag } from '#query/graphite/series.ts';
import { epochOf, wallTime } from '#query/graphite/time-zone.ts';
import { SERIES } from './standard-params.ts';

/** `intervalString`: how long a bucket is. */
export const INTERVAL: Param = {
  name: 'intervalString',
  type: 'interval',
  required: true,
  suggestions: ['10min', '1h', '1d'],
};
const FUNC: Param = { name: 'func', type: 'aggFunc', default: 'sum' };

/** Seconds of an interval that must be longer than zero. */
export function bucketSeconds(text: string): number {
  const seconds = parseInterval(text);
  if (seconds <= 0) throw queryError(`The interval '${text}' must be longer than 0`);
  return seconds;
}

const MAX_BUCKETS = 1_000_000;
const PIECE_BUCKETS = 1 << 15;

/** Throws `bad_query` and `limit_rows` when there would be too many buckets, before there are any. */
export function checkBuckets(list: readonly Series[], interval: number, { checkPoints }: CallContext): void {
  const counts = list.map(({ start, end }) => Math.ceil((end - start) / interval) + 1);
  const most = Math.max(0, ...counts);
  if (most > MAX_BUCKETS) {
    throw queryError(`A step of ${interval} s is not possible for this range: at most ${MAX_BUCKETS} points`);
  }
  checkPoints(counts.reduce((sum, count) => sum + count, 0));
}

/** One value per bucket from `start` on until `end` is covered; other work of the thread may run between them. */
export async function bucketValues(
  series: Series,
  how: { func: AggFunc; interval: number; start: number; end: number },
  { breathe }: Pick<CallContext, 'breathe'>,
): Promise<Float64Array> {
  const { func, interval, start, end } = how;
  const count = Math.max(0, Math.ceil((end - start) / interval));
  const out = new Float64Array(count).fill(Number.NaN);
  const total = Math.min(series.values.length, Math.ceil((series.end - series.start) / series.step));
  const perBucket = interval / series.step;
  let i = 0;
  for (let bucket = 0; bucket < count; bucket++) {
    const from = start + bucket * interval;
    let first = i;
    let known = 0;
    for (; i < total && series.start + i * series.step < from + interval; i++) {
      const time = series.start + i * series.step;
      if (time <= from) first = i;
      if (time >= from && !Number.isNaN(series.values[i] as number)) known++;
    }
    if (isEnough(known, perBucket, series.xFilesFactor)) out[bucket] = func(series.values.subarray(first, i));
    if (bucket % PIECE_BUCKETS === PIECE_BUCKETS - 1) await breathe();
  }
  return out;
}

const summarize: FunctionDef = {
  name: 'summarize',
  group: 'Transform',
  docs: 'Combines the points of each interval into one; intervals start at multiples of their length.',
  params: [SERIES, INTERVAL, FUNC, { name: 'alignToFrom', type: 'boolean', default: false }],
  perSeries: true,
  run: async (args, context) => {
    const text = args.text('intervalString');
    const interval = bucketSeconds(text);
    const isFromStart = args.flag('alignToFrom');
    checkBuckets(args.series('seriesList'), interval, context);
    return mapSlowly(args.series('seriesList'), context, async (series) => {
      const start = isFromStart ? series.start : series.start - (series.start % interval);
      const end = isFromStart ? series.end : series.end - (series.end % interval) + interval;
      const values = await bucketValues(series, { func: args.aggFunc('func'), interval, start, end }, context);
      const tags = { ...series.tags, summarize: text, summarizeFunction: args.text('func') };
      const name = `summarize(${series.name}, "${text}", "${args.text('func')}"${isFromStart ? ', true' : ''})`;
      return renamed(series, name, { start, end: start + values.length * interval, step: interval, values, tags });
    });
  },
};

const ALIGNMENTS = [false, null, true, 'days', 'hours', 'minutes', 'months', 'seconds', 'weeks', 'years'];

const smartSummarize: FunctionDef = {
  name: 'smartSummarize',
  group: 'Transform',
  docs: 'Combines the points of each interval into one; intervals start at the start of the request, or at a unit of time.',
  params: [SERIES, INTERVAL, FUNC, { name: 'alignTo', type: 'any', offered: ALIGNMENTS }],
  run: async (args, context) => {
    const text = args.text('intervalString');
    const interval = bucketSeconds(text);
    const alignTo = args.value('alignTo');
    const list = typeof alignTo === 'string' ? await alignedSeries(context, alignTo) : args.series('seriesList');
    checkBuckets(list, interval, context);
    return mapSlowly(list, context, async (series) => {
      const { start, end } = series;
      const values = await bucketValues(series, { func: args.aggFunc('func'), interval, start, end }, context);
      const tags = { ...series.tags, smartSummarize: text, smartSummarizeFunction: args.text('func') };
      const name = `smartSummarize(${series.name}, "${text}", "${args.text('func')}")`;
      return renamed(series, name, { end: start + values.length * interval, step: interval, values, tags });
    });
  },
};

async function alignedSeries(context: CallContext, alignTo: string): Promise<readonly Series[]> {
  const from = startOfUnit(context, alignTo);
  const [node] = context.argNodes;
  return node === undefined ? [] : context.evaluate(node, { from, until: context.until });
}

/** The start of the year, month, week (`weeks3`: from Wednesday), day, hour or minute in which the request starts. */
function startOfUnit({ from, timeZone }: CallContext, alignTo: string): number {
  const wall = wallTime(from, timeZone);
  const midnight = { ...wall, hour: 0, minute: 0, second: 0 };
  const unit = intervalUnit(alignTo);
  if (unit === 'years') return epochOf({ ...midnight, month: 1, day: 1 }, timeZone);
  if (unit === 'months') return epochOf({ ...midnight, day: 1 }, timeZone);
  if (unit === 'weeks') {
    const wanted = Number(/\d$/.exec(alignTo)?.[0] ?? 1);
    const weekday = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() || 7;
    return epochOf({ ...midnight, day: wall.day - ((weekday - wanted + 7) % 7) }, timeZone);
  }
  if (unit === 'days') return epochOf(midnight, timeZone);
  if (unit === 'hours') return from - wall.minute * 60 - wall.second;
  return unit === 'minutes' ? from - wall.second : from;
}

const hitcount: FunctionDef = {
  name: 'hitcount',
  group: 'Transform',
  docs: 'Takes values as rates per second and counts the hits of each interval.',
  params: [SERIES, INTERVAL, { name: 'alignToInterval', type: 'boolean', default: false }],
  run: async (args, context) => {
    const text = args.text('intervalString');
    const interval = bucketSeconds(text);
    const isAligned = args.flag('alignToInterval');
    let list = args.series('seriesList');
    if (isAligned) {
      const unit = interval >= 86_400 ? 'days' : interval >= 3600 ? 'hours' : interval >= 60 ? 'minutes' : 'seconds';
      list = (await alignedSeries(context, unit)).map((series) => {
        const count = Math.floor((series.end - series.start) / interval) + 1;
        return { ...series, end: series.start + count * interval };
      });
    }
    checkBuckets(list, interval, context);
    return mapSlowly(list, context, (series) => {
      const name = `hitcount(${series.name}, "${text}"${isAligned ? ', true' : ''})`;
      return renamed(series, name, { ...hits(series, interval), tags: withTag(series, 'hitcount', text) });
    });
  },
};

function hits(series: Series, interval: number): Pick<Series, 'start' | 'step' | 'values'> {
  const count = Math.ceil((series.end - series.start) / interval);
  const start = Math.floor(series.end - count * interval);
  const values = new Float64Array(count).fill(Number.NaN);
  const add = (bucket: number, amount: number): void => {
    if (bucket >= 0 && bucket < count) values[bucket] = (values[bucket] || 0) + amount;
  };
  for (const [i, value] of series.values.entries()) {
    if (Number.isNaN(value)) continue;
    const from = series.start + i * series.step - start;
    const to = Math.min(from + series.step, count * interval);
    for (let bucket = Math.floor(from / interval); bucket * interval < to; bucket++) {
      add(bucket, value * (Math.min(to, (bucket + 1) * interval) - Math.max(from, bucket * interval)));
    }
  }
  return { start, step: interval, values };
}

/** Functions that make one point of an interval. */
export const summarizeFunctions: readonly FunctionDef[] = [summarize, smartSummarize, hitcount];
