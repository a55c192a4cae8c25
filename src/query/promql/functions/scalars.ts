import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { scalarArg, scalarOfSteps, vectorArg } from './arguments.ts';
import { floatAt, floatSeries, found } from './float-series.ts';
import { withoutParens } from './window-samples.ts';

const constant = (
  name: string,
  help: string,
  valueAt: (context: CallContext, time: number) => number,
  options: { readonly experimental?: boolean } = {},
): PromFunction => ({
  kind: 'whole',
  name,
  help,
  args: [],
  optional: 0,
  returns: 'scalar',
  evaluate: (_args, context) => scalarOfSteps(context, (time) => valueAt(context, time)),
  ...options,
});

const ofTwo = (name: string, help: string, pick: (a: number, b: number) => number): PromFunction => ({
  kind: 'whole',
  name,
  help,
  args: ['scalar', 'scalar'],
  optional: 0,
  returns: 'scalar',
  experimental: true,
  evaluate: (args, context) => {
    const [a, b] = [scalarArg(args, 0), scalarArg(args, 1)];
    return scalarOfSteps(context, (_time, i) => pick(a[i] as number, b[i] as number));
  },
});

const EXPERIMENTAL = { experimental: true } as const;
const rangeOf = ({ steps }: CallContext): number => (steps.count - 1) * steps.step;

function onlyFloat(series: readonly VectorSeries[], i: number): number {
  const floats = series.map((each) => floatAt(each, i)).filter((value) => value !== undefined);
  return floats.length === 1 ? (floats[0] as number) : NaN;
}

const scalar: PromFunction = {
  kind: 'whole',
  name: 'scalar',
  help: 'The value of the only series of a vector; NaN when it has none or several.',
  args: ['vector'],
  optional: 0,
  returns: 'scalar',
  evaluate: (args, context) => scalarOfSteps(context, (_time, i) => onlyFloat(vectorArg(args, 0), i)),
};

const vector: PromFunction = {
  kind: 'whole',
  name: 'vector',
  help: 'A scalar as a vector with one series without labels.',
  args: ['scalar'],
  optional: 0,
  returns: 'vector',
  evaluate: (args, { steps }) => {
    const values = scalarArg(args, 0);
    return { kind: 'vector', series: found([floatSeries({ labels: {} }, steps.count, (i) => values[i])]) };
  },
};

const timestamp: PromFunction = {
  kind: 'whole',
  name: 'timestamp',
  help: 'The time of each sample in Unix seconds.',
  args: ['vector'],
  optional: 0,
  returns: 'vector',
  needsSampleTimes: true,
  evaluate: (args, { steps, call }) => {
    const ownTimes = withoutParens(call.args[0])?.kind === 'selector';
    const timeOf = ({ values }: VectorSeries, i: number): number | undefined =>
      ownTimes ? values[i] : (steps.start + i * steps.step) / 1000;
    const series = vectorArg(args, 0).map((each) =>
      floatSeries({ labels: each.labels, dropName: true }, steps.count, (i) =>
        each.present[i] === 1 ? timeOf(each, i) : undefined,
      ),
    );
    return { kind: 'vector', series: found(series) };
  },
};

/** Scalars, and what turns vectors into scalars, scalars into vectors and samples into times. */
export const scalarFunctions: readonly PromFunction[] = [
  constant('time', 'The evaluation time in Unix seconds.', (_context, time) => time / 1000),
  constant('pi', 'The number π.', () => Math.PI),
  constant('start', 'The start of the query in Unix seconds.', ({ steps }) => steps.start / 1000, EXPERIMENTAL),
  constant(
    'end',
    'The end of the query in Unix seconds.',
    (context) => (context.steps.start + rangeOf(context)) / 1000,
    EXPERIMENTAL,
  ),
  constant(
    'step',
    'The step of the query in seconds; 0 for an instant.',
    ({ steps }) => stepOf(steps) / 1000,
    EXPERIMENTAL,
  ),
  constant(
    'range',
    'The time from start to end of the query in seconds.',
    (context) => rangeOf(context) / 1000,
    EXPERIMENTAL,
  ),
  ofTwo('min_of', 'The lesser of two scalars.', Math.min),
  ofTwo('max_of', 'The greater of two scalars.', Math.max),
  scalar,
  vector,
  timestamp,
];

function stepOf({ step, count }: CallContext['steps']): number {
  return count === 1 ? 0 : step;
}
