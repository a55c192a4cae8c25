import type { FunctionDef, TimeRange } from '#query/graphite/function-def.ts';
import { parseInterval } from '#query/graphite/interval.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { mapValues, renamed, type Series } from '#query/graphite/series.ts';
import { utcSeconds, wallTime } from '#query/graphite/time-zone.ts';
import { SERIES } from './standard-params.ts';

const SUGGESTIONS = ['1h', '6h', '12h', '1d', '2d', '7d', '14d', '30d'];
const MAX_STACK = 1000;

/** A shift without a sign goes into the past. */
function signed(text: string): string {
  return /^\d/.test(text) ? `-${text}` : text;
}

/** Seconds by which the zone's clock changes between a range and its shifted twin, when all of each is in one half. */
function daylightCorrection(range: TimeRange, shifted: TimeRange, timeZone: string): number {
  const offset = (time: number): number => utcSeconds(wallTime(time, timeZone)) - time;
  const here = offset(range.from);
  const there = offset(shifted.from);
  return here === offset(range.until) && there === offset(shifted.until) ? here - there : 0;
}

const timeShift: FunctionDef = {
  name: 'timeShift',
  group: 'Transform',
  docs: 'Draws the series of another time, by default of the past, over the time of the request.',
  params: [
    SERIES,
    { name: 'timeShift', type: 'interval', required: true, suggestions: SUGGESTIONS },
    { name: 'resetEnd', type: 'boolean', default: true },
    { name: 'alignDst', keyword: 'alignDST', type: 'boolean', default: false },
  ],
  run: async (args, context) => {
    const [first] = args.series('seriesList');
    const [node] = context.argNodes;
    if (first === undefined || node === undefined) return [];
    const shift = signed(args.text('timeShift'));
    const delta = parseInterval(shift);
    const moved = { from: context.from + delta, until: context.until + delta };
    const correction = args.flag('alignDst') ? daylightCorrection(context, moved, context.timeZone) : 0;
    const list = await context.evaluate(node, { from: moved.from + correction, until: moved.until + correction });
    return list.map((series) => ({
      ...series,
      name: `timeShift(${series.name}, "${shift}")`,
      end: args.flag('resetEnd') ? first.end : series.end - series.start + first.start,
      start: first.start,
      tags: { ...series.tags, timeShift: shift },
    }));
  },
};

const timeStack: FunctionDef = {
  name: 'timeStack',
  group: 'Transform',
  docs: 'Draws the series of several times over each other, from `timeShiftStart` up to before `timeShiftEnd` shifts.',
  params: [
    SERIES,
    { name: 'timeShiftUnit', type: 'interval', default: '1d', suggestions: SUGGESTIONS },
    { name: 'timeShiftStart', type: 'integer', default: 0 },
    { name: 'timeShiftEnd', type: 'integer', default: 7 },
  ],
  run: async (args, context) => {
    const [first] = args.series('seriesList');
    const [node] = context.argNodes;
    if (first === undefined || node === undefined) return [];
    const unit = signed(args.text('timeShiftUnit'));
    const [from, to] = [args.number('timeShiftStart'), args.number('timeShiftEnd')];
    if (to - from > MAX_STACK) throw queryError(`timeStack of ${to - from} shifts is more than ${MAX_STACK}`);
    const out: Series[] = [];
    for (let shift = from; shift < to; shift++) {
      const delta = parseInterval(unit) * shift;
      const list = await context.evaluate(node, { from: context.from + delta, until: context.until + delta });
      for (const series of list) {
        const tags = { ...series.tags, timeShiftUnit: unit, timeShift: String(shift) };
        const { start, end } = first;
        out.push(renamed(series, `timeShift(${series.name}, ${unit}, ${shift})`, { start, end, tags }));
      }
    }
    return out;
  },
};

const DATE: Omit<Param, 'name'> = { type: 'date' };

const timeSlice: FunctionDef = {
  name: 'timeSlice',
  group: 'Transform',
  docs: 'Keeps the points between two times; all others are None.',
  params: [SERIES, { name: 'startSliceAt', ...DATE, required: true }, { name: 'endSliceAt', ...DATE, default: 'now' }],
  run: (args, context) => {
    const start = context.parseTime(args.value('startSliceAt') as string | number);
    const end = context.parseTime(args.value('endSliceAt') as string | number);
    return args.series('seriesList').map((series) => {
      const values = mapValues(series.values, (value, i) => {
        const time = context.from + i * series.step;
        return time < start || time > end ? Number.NaN : value;
      });
      const tags = { ...series.tags, timeSliceStart: String(start), timeSliceEnd: String(end) };
      return { ...series, name: `timeSlice(${series.name}, ${start}, ${end})`, values, tags };
    });
  },
};

/** Functions that move series in time. */
export const shiftFunctions: readonly FunctionDef[] = [timeShift, timeStack, timeSlice];
