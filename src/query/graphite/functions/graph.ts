import type { Args } from '#query/graphite/args.ts';
import type { Drawing } from '#query/graphite/drawing.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import { drawnAs, filled, makeSeries, mapValues, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { constantSeries } from './constant-series.ts';
import { SERIES } from './standard-params.ts';

const LABELS: readonly Param[] = [
  { name: 'label', type: 'string' },
  { name: 'color', type: 'string' },
];

/** A function whose only effect is on pictures. */
function drawing(of: Pick<FunctionDef, 'name' | 'docs'>, param: Param, look: (args: Args) => Drawing): FunctionDef {
  const run = (args: Args): Series[] => args.series('seriesList').map((series) => drawnAs(series, look(args)));
  return { ...of, group: 'Graph', params: [SERIES, param], run };
}

function marking(name: 'drawAsInfinite' | 'secondYAxis', docs: string): FunctionDef {
  return {
    name,
    group: 'Graph',
    docs,
    params: [SERIES],
    run: (args) =>
      args
        .series('seriesList')
        .map((series) =>
          drawnAs({ ...series, name: `${name}(${series.name})`, tags: withTag(series, name, 1) }, { [name]: true }),
        ),
  };
}

const dashed: FunctionDef = {
  name: 'dashed',
  group: 'Graph',
  docs: 'Draws a dashed line.',
  params: [SERIES, { name: 'dashLength', type: 'integer', default: 5 }],
  run: (args) => {
    const length = args.number('dashLength');
    return args.series('seriesList').map((series) => {
      const name = `dashed(${series.name}, ${formatG(length)})`;
      return drawnAs({ ...series, name, tags: withTag(series, 'dashed', length) }, { dashed: length });
    });
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
    const name = isDefault ? `stacked(${series.name})` : series.name;
    return drawnAs(renamed(series, name, { values, tags }), { stack: stackName });
  });
}

const stacked: FunctionDef = {
  name: 'stacked',
  group: 'Graph',
  docs: 'Adds each series to those stacked before it.',
  params: [SERIES, { name: 'stack', keyword: 'stackName', type: 'string' }],
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
  return [drawnAs({ ...lower, name, tags }, { edge: 'lower' }), drawnAs({ ...upper, name, tags }, { edge: 'upper' })];
}

const areaBetween: FunctionDef = {
  name: 'areaBetween',
  group: 'Graph',
  docs: 'Fills the area between two series.',
  params: [SERIES],
  run: (args) => areaOfTwo(args.series('seriesList')),
};

function withColor(series: Series, args: Args): Series {
  const color = args.optionalText('color');
  return color === undefined || color === '' ? series : drawnAs(series, { color });
}

const threshold: FunctionDef = {
  name: 'threshold',
  group: 'Graph',
  docs: 'A horizontal line with a label and a colour.',
  params: [{ name: 'value', type: 'float', required: true }, ...LABELS],
  run: (args, context) => {
    const line = constantSeries(context, args.number('value'));
    return [withColor({ ...line, name: args.optionalText('label') || line.name }, args)];
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
    const line = makeSeries({ name, start: time, end: time, step: 1, values: filled(2, 1), xFilesFactor });
    return [drawnAs(withColor(line, args), { drawAsInfinite: true })];
  },
};

/** Functions about how series are drawn; they matter to other answers than pictures by name and order only. */
export const graphFunctions: readonly FunctionDef[] = [
  drawing(
    { name: 'alpha', docs: 'Draws with this opacity (0–1).' },
    { name: 'alpha', type: 'float', required: true },
    (args) => ({ alpha: args.number('alpha') }),
  ),
  drawing(
    { name: 'color', docs: 'Draws in this colour: a name, or rrggbb.' },
    { name: 'theColor', type: 'string', required: true },
    (args) => ({ color: args.text('theColor') }),
  ),
  drawing(
    { name: 'lineWidth', docs: 'Draws with a line of this width, pixels.' },
    { name: 'width', type: 'float', required: true },
    (args) => ({ lineWidth: args.number('width') }),
  ),
  marking('drawAsInfinite', 'Draws a vertical line at each point other than zero.'),
  marking('secondYAxis', 'Draws on the right-hand axis.'),
  dashed,
  stacked,
  areaBetween,
  threshold,
  verticalLine,
];
