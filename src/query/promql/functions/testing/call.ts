import assert from 'node:assert/strict';
import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { CallContext, PromFunction, Sample, Window } from '#query/promql/function-def.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import type { Steps, Value, VectorSeries } from '#query/promql/value.ts';

const AT_ZERO = { from: 0, to: 0 } as const;

/** A function by its name; fails when there is none of that kind. */
export function functionOf<K extends PromFunction['kind']>(name: string, kind: K): Extract<PromFunction, { kind: K }> {
  const fn = createFunctions().get(name);
  assert.equal(fn?.kind, kind, `${name} is no ${kind} function`);
  return fn as Extract<PromFunction, { kind: K }>;
}

/** A context that keeps what is noted. */
export function contextOf(
  options: { readonly args?: readonly Expr[]; readonly steps?: Steps } = {},
): CallContext & { readonly notes: string[] } {
  const notes: string[] = [];
  return {
    steps: options.steps ?? { start: 0, step: 60_000, count: 1 },
    call: { kind: 'call', name: 'test', args: options.args ?? [], ...AT_ZERO },
    annotate: (_level, message) => {
      if (!notes.includes(message)) notes.push(message);
    },
    notes,
  };
}

/** A selector as an argument. */
export function selectorOf(
  matchers: Extract<Expr, { kind: 'selector' }>['matchers'],
): Extract<Expr, { kind: 'selector' }> {
  return { kind: 'selector', matchers, offset: 0, ...AT_ZERO };
}

/** What a range function sees: one record every `step` seconds from time 0, and a window (start, end] in seconds. */
export type RangeCall = {
  readonly samples: readonly (number | NativeHistogram)[];
  readonly step?: number;
  readonly start?: number;
  readonly end?: number;
  readonly scalars?: readonly number[];
  readonly labels?: Labels;
  readonly extension?: 'anchored' | 'smoothed';
};

/** The outcome of a range function and its notes. The window is that of all samples unless the call says else. */
export function callRange(
  name: string,
  call: RangeCall,
): { readonly sample: Sample; readonly notes: readonly string[] } {
  const { scalars = [], labels = { __name__: 'metric' }, extension } = call;
  const selector = { ...selectorOf([]), ...(extension === undefined ? {} : { extension }) };
  const context = contextOf({ args: [{ kind: 'matrix', selector, range: 0, ...AT_ZERO }] });
  const sample = functionOf(name, 'range').evaluate(windowOf(call), scalars, context, labels);
  return { sample, notes: context.notes };
}

function windowOf({ samples, step = 300, start, end, extension }: RangeCall): Window {
  const t = Float64Array.from(samples, (_, i) => i * step * 1000);
  const v = Float64Array.from(samples, (sample) => (typeof sample === 'number' ? sample : 0));
  const histograms = samples.map((sample) => (typeof sample === 'number' ? undefined : sample));
  const [from, to] = [(start ?? -1) * 1000, (end ?? (samples.length - 1) * step) * 1000];
  const reachesBack = extension !== undefined;
  const reachesOn = extension === 'smoothed';
  const inside = t.map((time) => Number((reachesBack || time > from) && (reachesOn || time <= to)));
  const first = inside.indexOf(1) === -1 ? 0 : inside.indexOf(1);
  const last = inside.lastIndexOf(1) + 1;
  const seen = samples.slice(first, last);
  return {
    samples: { t, v, histograms },
    from: first,
    to: last,
    start: from,
    end: to,
    time: to,
    hasHistograms: seen.some((sample) => typeof sample !== 'number'),
    hasFloats: seen.some((sample) => typeof sample === 'number'),
  };
}

/** A series with a float at every step where one is given. */
export function seriesOf(labels: Labels, samples: readonly (number | undefined)[]): VectorSeries {
  return {
    labels,
    values: Float64Array.from(samples, (sample) => sample ?? 0),
    present: Uint8Array.from(samples, (sample) => (sample === undefined ? 0 : 1)),
  };
}

/** Arguments of functions that get all of them: a number is a scalar, a list a vector. */
export function valueOf(argument: number | string | readonly VectorSeries[], count = 1): Value {
  if (typeof argument === 'number') return { kind: 'scalar', values: new Float64Array(count).fill(argument) };
  return typeof argument === 'string' ? { kind: 'string', text: argument } : { kind: 'vector', series: argument };
}

/** The series of a vector, or a scalar, as plain data: labels and the values of the steps, undefined where there is none. */
export function plain(value: Value): unknown {
  if (value.kind !== 'vector') return value.kind === 'scalar' ? [...value.values] : value.text;
  return value.series.map(({ labels, values, present }) => [
    { ...labels },
    Array.from(values, (v, i) => (present[i] === 1 ? v : undefined)),
  ]);
}
