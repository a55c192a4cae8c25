import type { Args } from '#query/graphite/args.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { filled, makeSeries, mapValues, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { constantSeries } from './constant-series.ts';
import { SERIES } from './standard-params.ts';

const LABELS: readonly Param[] = [
  { name: 'label', type: 'string' },
  { name: 'color', type: 'string' },
];

/** A function whose only effect is on pictures. */
function drawing(name: string, docs: string, param: Param): FunctionDef {
  return { name, group: 'Graph', docs, params: [SERIES, param], run: (args) => args.series('seriesList') };
}

function marking(name: string, docs: string): FunctionDef {
  return {
    name,
    group: 'Graph',
    docs,
    params: [SERIES],
    run: (args) =>
      args
        .series('seriesList')
        .map((series) => ({ ...series, name: `${name}(${series.name})`, tags: withTag(series, name, 1) })),
  };
}

const dashed: FunctionDef = {
  name: 'dashed',
  group: 'Graph',
  docs: 'Draws a dashed line.',
  params: [SERIES, { name: 'dashLength', type: 'integer', default: 5 }],
  run: (args) => {
    const length = args.number('dashLength');
    return args.series('seriesList').map((series) => ({
      ...series,
      name: `dashed(${series.name}, ${formatG(length)})`,
      tags: withTag(series, 'dashed', length),
    }));
  },
};

const DEFAULT_STACK = '__DEFAULT__';

function stack(args: Args, context: CallContext): Series[] {
  const stackName = args.optionalText('stack') ?? DEFAULT_STACK;
  const totals = context.stacks.get(stackName) ?? [];
  context.stacks.set(stackName, totals);
  const isDefault = stackName === DEFAULT_STACK;
  return args.series('seriesList').map((series) => {
    const values = mapValues(series.values, (value, i) => {
      totals[i] = (totals[i] ?? 0) + (Number.isNaN(value) ? 0 : value);
      return Number.isNaN(value) ? value : totals[i];
    });
    const tags = isDefault ? withTag(series, 'stacked', stackName) : series.tags;
    return renamed(series, isDefault ? `stacked(${series.name})` : series.name, { values, tags });
  });
}

const stacked: FunctionDef = {
  name: 'stacked',
  group: 'Graph',
  docs: 'Adds each series to those stacked before it.',
  params: [SERIES, { name: 'stack', type: 'string' }],
  perSeries: true,
  run: stack,
};

/** The two series under the name of the upper one. */
export function areaOfTwo(list: readonly Series[]): Series[] {
  const [lower, upper] = list;
  if (lower === undefined || upper === undefined || list.length !== 2) {
    throw queryError('areaBetween series argument must reference *exactly* 2 series');
  }
  const name = `areaBetween(${upper.pathExpression})`;
  const tags = withTag(upper, 'areaBetween', 1);
  return [
    { ...lower, name, tags },
    { ...upper, name, tags },
  ];
}

const areaBetween: FunctionDef = {
  name: 'areaBetween',
  group: 'Graph',
  docs: 'Fills the area between two series.',
  params: [SERIES],
  run: (args) => areaOfTwo(args.series('seriesList')),
};

const threshold: FunctionDef = {
  name: 'threshold',
  group: 'Graph',
  docs: 'A horizontal line with a label and a colour.',
  params: [{ name: 'value', type: 'float', required: true }, ...LABELS],
  run: (args, context) => {
    const line = constantSeries(context, args.number('value'));
    return [{ ...line, name: args.optionalText('label') || line.name }];
  },
};

const verticalLine: FunctionDef = {
  name: 'verticalLine',
  group: 'Graph',
  docs: 'A vertical line at a time within the range of the request.',
  params: [{ name: 'ts', type: 'date', required: true }, ...LABELS],
  run: (args, context) => {
    const time = context.parseTime(args.value('ts') as string | number);
    if (time < context.from) {
      throw queryError(`verticalLine(): timestamp ${time} exists before start of range`);
    }
    if (time > context.until) throw queryError(`verticalLine(): timestamp ${time} exists after end of range`);
    const name = args.optionalText('label') ?? '';
    const { xFilesFactor } = context;
    return [makeSeries({ name, start: time, end: time, step: 1, values: filled(2, 1), xFilesFactor })];
  },
};

/** Functions about how series are drawn; they matter to answers by name and order only. */
export const graphFunctions: readonly FunctionDef[] = [
  drawing('alpha', 'Draws with this opacity (0–1).', { name: 'alpha', type: 'float', required: true }),
  drawing('color', 'Draws in this colour.', { name: 'theColor', type: 'string', required: true }),
  drawing('lineWidth', 'Draws with a line of this width.', { name: 'width', type: 'float', required: true }),
  marking('drawAsInfinite', 'Draws a vertical line at each point other than zero.'),
  marking('secondYAxis', 'Draws on the right-hand axis.'),
  dashed,
  stacked,
  areaBetween,
  threshold,
  verticalLine,
];
