import type { Args } from '#query/graphite/args.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatD, formatFloat, formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapValues, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { increased, multiplied } from './arithmetic.ts';
import { power } from './power.ts';
import { rounded } from './round.ts';
import { SERIES } from './standard-params.ts';

type Pointwise = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly docs: string;
  readonly params?: readonly Param[];
  /** The tag that marks the series; undefined = none. */
  readonly tag?: (args: Args) => readonly [string, string | number];
  /** How the name ends: `,2` gives `scale(a.b,2)`. */
  readonly suffix?: (args: Args) => string;
  /** The new values, in the room that the arguments give; None comes and goes as NaN. */
  readonly values: (series: Series, args: Args) => Float64Array;
};

/** Values of which each comes from one alone. */
const each =
  (make: (args: Args, series: Series) => (value: number) => number): Pointwise['values'] =>
  (series, args) =>
    mapValues(series.values, make(args, series), args.room(series));

function pointwise(spec: Pointwise): FunctionDef {
  return {
    name: spec.name,
    aliases: spec.aliases ?? [],
    group: 'Transform',
    docs: spec.docs,
    params: [SERIES, ...(spec.params ?? [])],
    perSeries: true,
    ownsValues: true,
    run: (args) => {
      const suffix = spec.suffix?.(args) ?? '';
      const tag = spec.tag?.(args);
      return args.series('seriesList').map((series) => {
        const tags = tag === undefined ? series.tags : withTag(series, tag[0], tag[1]);
        return renamed(series, `${spec.name}(${series.name}${suffix})`, { values: spec.values(series, args), tags });
      });
    },
  };
}

const required = (name: string, type: Param['type']): Param => ({ name, type, required: true });
const marked =
  (tag: string, value: string | number = 1) =>
  (): readonly [string, string | number] => [tag, value];

const FACTOR = required('factor', 'float');

/** Functions that change each value by itself. */
export const pointwiseFunctions: readonly FunctionDef[] = [
  pointwise({
    name: 'absolute',
    docs: 'The absolute value of each point.',
    tag: marked('absolute'),
    values: each(() => Math.abs),
  }),
  pointwise({
    name: 'add',
    docs: 'Adds a constant to each point.',
    params: [required('constant', 'float')],
    tag: (args) => ['add', formatFloat(args.number('constant'))],
    suffix: (args) => `,${formatD(args.number('constant'))}`,
    values: (series, args) => increased(series.values, args.number('constant'), args.room(series)),
  }),
  pointwise({
    name: 'scale',
    docs: 'Multiplies each point by a factor.',
    params: [FACTOR],
    tag: (args) => ['scale', formatFloat(args.number('factor'))],
    suffix: (args) => `,${formatG(args.number('factor'))}`,
    values: (series, args) => multiplied(series.values, args.number('factor'), args.room(series)),
  }),
  pointwise({
    name: 'scaleToSeconds',
    docs: 'Turns values per step into values per the given number of seconds.',
    params: [required('seconds', 'float')],
    tag: (args) => ['scaleToSeconds', formatFloat(args.number('seconds'))],
    suffix: (args) => `,${formatD(args.number('seconds'))}`,
    values: (series, args) => {
      const scaled = multiplied(series.values, args.number('seconds') / series.step, args.room(series));
      return rounded(scaled, 6, scaled);
    },
  }),
  pointwise({
    name: 'offset',
    docs: 'Adds a constant to each point.',
    params: [FACTOR],
    tag: (args) => ['offset', formatFloat(args.number('factor'))],
    suffix: (args) => `,${formatG(args.number('factor'))}`,
    values: (series, args) => increased(series.values, args.number('factor'), args.room(series)),
  }),
  pointwise({
    name: 'pow',
    docs: 'Raises each point to a power.',
    params: [FACTOR],
    tag: (args) => ['pow', formatFloat(args.number('factor'))],
    suffix: (args) => `,${formatG(args.number('factor'))}`,
    values: each((args) => (value) => power(value, args.number('factor'))),
  }),
  pointwise({
    name: 'squareRoot',
    docs: 'The square root of each point.',
    tag: marked('squareRoot'),
    values: each(() => (value) => power(value, 0.5)),
  }),
  pointwise({
    name: 'invert',
    docs: 'One divided by each point.',
    tag: marked('invert'),
    values: each(() => (value) => power(value, -1)),
  }),
  pointwise({
    name: 'exp',
    docs: 'e to the power of each point.',
    tag: marked('exp', 'e'),
    values: each(() => Math.exp),
  }),
  pointwise({
    name: 'sigmoid',
    docs: '1 / (1 + exp(-x)) of each point.',
    tag: marked('sigmoid', 'sigmoid'),
    values: each(() => (value) => 1 / (1 + Math.exp(-value))),
  }),
  pointwise({
    name: 'logit',
    docs: 'log(x / (1 - x)) of each point.',
    tag: marked('logit', 'logit'),
    values: each(() => (value) => logarithmOf(value / (1 - value))),
  }),
  pointwise({
    name: 'log',
    aliases: ['logarithm'],
    docs: 'The logarithm of each point to the given base; None for zero and below.',
    params: [{ name: 'base', type: 'integer', default: 10 }],
    tag: (args) => ['log', args.number('base')],
    suffix: (args) => `, ${args.number('base')}`,
    values: each((args) => (value) => logarithmOf(value) / Math.log(args.number('base'))),
  }),
  pointwise({
    name: 'round',
    aliases: ['roundFunction'],
    docs: 'Rounds each point to a number of decimals; halves go to the even neighbour.',
    params: [{ name: 'precision', type: 'integer', default: 0 }],
    tag: (args) => ['round', args.number('precision')],
    suffix: (args) => (args.isGiven('precision') ? `,${formatG(args.number('precision'))}` : ''),
    values: (series, args) => rounded(series.values, args.number('precision'), args.room(series)),
  }),
  pointwise({
    name: 'isNonNull',
    docs: '1 where a point is known, 0 where it is not.',
    tag: marked('isNonNull'),
    values: each(() => (value) => (Number.isNaN(value) ? 0 : 1)),
  }),
];

function logarithmOf(value: number): number {
  return value > 0 && value < Number.POSITIVE_INFINITY ? Math.log(value) : Number.NaN;
}
