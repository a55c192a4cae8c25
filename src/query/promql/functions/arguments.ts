import type { CallContext } from '#query/promql/function-def.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';

/** The series of an argument that the signature declares a vector. */
export function vectorArg(args: readonly Value[], i: number): readonly VectorSeries[] {
  const arg = args[i];
  if (arg?.kind !== 'vector') throw new TypeError(`argument ${i} is no vector`);
  return arg.series;
}

/** The values of an argument that the signature declares a scalar, one a step. */
export function scalarArg(args: readonly Value[], i: number): Float64Array {
  const arg = args[i];
  if (arg?.kind !== 'scalar') throw new TypeError(`argument ${i} is no scalar`);
  return arg.values;
}

/** The text of an argument that the signature declares a string. */
export function textArg(args: readonly Value[], i: number): string {
  const arg = args[i];
  if (arg?.kind !== 'string') throw new TypeError(`argument ${i} is no string`);
  return arg.text;
}

/** The texts of all arguments from `i` on. */
export function textArgs(args: readonly Value[], from: number): readonly string[] {
  return args.slice(from).map((_, i) => textArg(args, from + i));
}

/** A scalar from its value at each step; the time of the step is in ms. */
export function scalarOfSteps({ steps }: CallContext, valueAt: (time: number, step: number) => number): Value {
  const values = Float64Array.from({ length: steps.count }, (_, i) => valueAt(steps.start + i * steps.step, i));
  return { kind: 'scalar', values };
}
