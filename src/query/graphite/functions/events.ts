import type { FunctionDef } from '#query/graphite/function-def.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { makeSeries } from '#query/graphite/series.ts';

/** Seconds: one point for each second of the range. */
const STEP = 1;
const MAX_POINTS = 2_000_000;

const events: FunctionDef = {
  name: 'events',
  group: 'Special',
  docs: 'The number of events with all the given tags at each second; "*" stands for every event.',
  params: [{ name: 'tags', type: 'string', required: true, multiple: true }],
  run: async (args, { from, until, events: find, xFilesFactor }) => {
    const tags = args.values('tags').map(String);
    const isAll = tags.length === 1 && tags[0] === '*';
    const points = until - from;
    if (points > MAX_POINTS) throw queryError(`events() draws at most ${MAX_POINTS} seconds: shorten the range`);
    const values = new Float64Array(points).fill(Number.NaN);
    for (const { t } of await find({ from, until, ...(isAll ? {} : { tags }) })) {
      const at = Math.floor(t / 1000) - from;
      if (at >= 0 && at < points) values[at] = (values[at] || 0) + 1;
    }
    const name = `events("${tags.join('", "')}")`;
    return [makeSeries({ name, start: from, end: until, step: STEP, values, consolidation: 'sum', xFilesFactor })];
  },
};

/** Functions over what happened. */
export const eventFunctions: readonly FunctionDef[] = [events];
