import type { Args } from '#query/graphite/args.ts';
import { CONSOLIDATIONS } from '#query/graphite/consolidation.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { formatFloat, formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { filled, makeSeries, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { constantSeries } from './constant-series.ts';
import { SERIES } from './standard-params.ts';

function consolidatedBy(list: readonly Series[], consolidation: string): Series[] {
  return list.map((series) =>
    renamed(series, `consolidateBy(${series.name},"${consolidation}")`, {
      consolidation,
      tags: withTag(series, 'consolidateBy', consolidation),
    }),
  );
}

const consolidateBy: FunctionDef = {
  name: 'consolidateBy',
  group: 'Special',
  docs: 'How points are merged when there are more than can be shown.',
  params: [SERIES, { name: 'consolidationFunc', type: 'string', required: true, options: CONSOLIDATIONS }],
  run: (args) => consolidatedBy(args.series('seriesList'), args.text('consolidationFunc')),
};

const cumulative: FunctionDef = {
  name: 'cumulative',
  group: 'Special',
  docs: 'Merges points by their sum when there are more than can be shown.',
  params: [SERIES],
  run: (args) => consolidatedBy(args.series('seriesList'), 'sum'),
};

const setXFilesFactor: FunctionDef = {
  name: 'setXFilesFactor',
  aliases: ['xFilesFactor'],
  group: 'Special',
  docs: 'The share of points that must be known when points are merged, here and in functions around this one.',
  params: [SERIES, { name: 'xFilesFactor', type: 'float', required: true }],
  run: (args, context) => {
    const xFilesFactor = args.number('xFilesFactor');
    context.setXFilesFactor(xFilesFactor);
    return args.series('seriesList').map((series) => ({
      ...series,
      xFilesFactor,
      tags: withTag(series, 'xFilesFactor', formatFloat(xFilesFactor)),
    }));
  },
};

const constantLine: FunctionDef = {
  name: 'constantLine',
  group: 'Special',
  docs: 'A horizontal line.',
  params: [{ name: 'value', type: 'float', required: true }],
  run: (args, context) => [constantSeries(context, args.number('value'))],
};

const aggregateLine: FunctionDef = {
  name: 'aggregateLine',
  group: 'Calculate',
  docs: 'A horizontal line at an aggregate of each series.',
  params: [
    SERIES,
    { name: 'func', type: 'aggFunc', default: 'average' },
    { name: 'keepStep', type: 'boolean', default: false },
  ],
  perSeries: true,
  run: (args, context) =>
    args.series('seriesList').map((series) => {
      const value = args.aggFunc('func')(series.values);
      const name = `aggregateLine(${series.name}, ${Number.isNaN(value) ? 'None' : formatG(value)})`;
      if (!args.flag('keepStep')) return renamed(constantSeries(context, value), name);
      return renamed(series, name, { values: filled(series.values.length, value) });
    }),
};

const fallbackSeries: FunctionDef = {
  name: 'fallbackSeries',
  group: 'Special',
  docs: 'The series, or the fallback when there are none.',
  params: [SERIES, { name: 'fallback', type: 'seriesList', required: true }],
  run: (args) => {
    const list = args.series('seriesList');
    return list.length > 0 ? list : args.series('fallback');
  },
};

const MAX_GENERATED = 1_000_000;

/** A series of the request's range in which each point is made from its time. */
function generated(context: CallContext, how: { name: string; step: number; of: (time: number) => number }): Series {
  const { from: start, until: end, xFilesFactor } = context;
  const { name, step, of } = how;
  const count = Math.ceil((end - start) / step);
  if (!(step > 0) || count > MAX_GENERATED) {
    throw queryError(`A step of ${step} s is not possible for this range: at most ${MAX_GENERATED} points`);
  }
  const values = Float64Array.from({ length: count }, (_, i) => of(start + i * step));
  return makeSeries({ name, start, end, step, values, xFilesFactor });
}

const NAME: Param = { name: 'name', type: 'string', required: true };
const STEP: Param = { name: 'step', type: 'integer', default: 60 };

function generator(
  name: string,
  how: { aliases?: readonly string[]; docs: string; group: FunctionDef['group']; params?: readonly Param[] },
  of: (args: Args) => (time: number) => number,
): FunctionDef {
  return {
    name,
    aliases: how.aliases ?? [],
    group: how.group,
    docs: how.docs,
    params: [NAME, ...(how.params ?? [STEP])],
    run: (args, context) => [
      generated(context, { name: args.text('name'), step: args.optionalNumber('step') ?? 60, of: of(args) }),
    ],
  };
}

const AMPLITUDE: Param = { name: 'amplitude', type: 'integer', default: 1 };

/** Functions that set how series are handled, and those that make series of nothing. */
export const specialFunctions: readonly FunctionDef[] = [
  consolidateBy,
  cumulative,
  setXFilesFactor,
  constantLine,
  aggregateLine,
  fallbackSeries,
  generator(
    'identity',
    { group: 'Calculate', docs: 'y = x: each point is its time.', params: [] },
    () => (time) => time,
  ),
  generator(
    'time',
    { aliases: ['timeFunction'], group: 'Transform', docs: 'Each point is its time in seconds.' },
    () => (time) => time,
  ),
  generator(
    'sin',
    { aliases: ['sinFunction'], group: 'Transform', docs: 'A sine of the time.', params: [AMPLITUDE, STEP] },
    (args) => (time) => Math.sin(time) * args.number('amplitude'),
  ),
  generator(
    'randomWalk',
    { aliases: ['randomWalkFunction'], group: 'Special', docs: 'A random walk from zero, for trying things out.' },
    () => {
      let current = 0;
      return () => {
        const value = current;
        current += Math.random() - 0.5;
        return value;
      };
    },
  ),
];
