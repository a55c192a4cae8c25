import type { PromFunction } from '#query/promql/function-def.ts';
import { mapFunction } from './map-function.ts';

const clamped = (value: number, min: number, max: number): number | undefined =>
  max < min ? undefined : Math.max(min, Math.min(max, value));

function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Arithmetic on each value. */
export const mathFunctions: readonly PromFunction[] = [
  mapFunction('abs', 'The absolute value.', Math.abs),
  mapFunction('ceil', 'The value rounded up to an integer.', Math.ceil),
  mapFunction('floor', 'The value rounded down to an integer.', Math.floor),
  mapFunction('exp', 'e to the power of the value.', Math.exp),
  mapFunction('ln', 'The natural logarithm.', Math.log),
  mapFunction('log2', 'The binary logarithm.', Math.log2),
  mapFunction('log10', 'The decimal logarithm.', Math.log10),
  mapFunction('sqrt', 'The square root.', Math.sqrt),
  mapFunction('sgn', 'The sign: 1, 0 or -1.', Math.sign),
  mapFunction(
    'round',
    'The value rounded to the nearest multiple of a number (default 1), ties up.',
    (value, [nearest = 1]) => roundTo(value, nearest),
    { args: ['vector', 'scalar'], optional: 1 },
  ),
  mapFunction(
    'clamp',
    'The value between a lower and an upper limit.',
    (value, [min = NaN, max = NaN]) => clamped(value, min, max),
    { args: ['vector', 'scalar', 'scalar'] },
  ),
  mapFunction('clamp_min', 'The value with a lower limit.', (value, [min = NaN]) => clamped(value, min, Infinity), {
    args: ['vector', 'scalar'],
  }),
  mapFunction('clamp_max', 'The value with an upper limit.', (value, [max = NaN]) => clamped(value, -Infinity, max), {
    args: ['vector', 'scalar'],
  }),
];
