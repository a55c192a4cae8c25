import type { PromFunction } from '#query/promql/function-def.ts';
import { mapFunction } from './map-function.ts';

/** Trigonometry on each value, in radians. */
export const trigonometryFunctions: readonly PromFunction[] = [
  mapFunction('sin', 'The sine of radians.', Math.sin),
  mapFunction('cos', 'The cosine of radians.', Math.cos),
  mapFunction('tan', 'The tangent of radians.', Math.tan),
  mapFunction('asin', 'The arcsine in radians.', Math.asin),
  mapFunction('acos', 'The arccosine in radians.', Math.acos),
  mapFunction('atan', 'The arctangent in radians.', Math.atan),
  mapFunction('sinh', 'The hyperbolic sine.', Math.sinh),
  mapFunction('cosh', 'The hyperbolic cosine.', Math.cosh),
  mapFunction('tanh', 'The hyperbolic tangent.', Math.tanh),
  mapFunction('asinh', 'The inverse hyperbolic sine.', Math.asinh),
  mapFunction('acosh', 'The inverse hyperbolic cosine.', Math.acosh),
  mapFunction('atanh', 'The inverse hyperbolic tangent.', Math.atanh),
  mapFunction('rad', 'Degrees in radians.', (degrees) => (degrees * Math.PI) / 180),
  mapFunction('deg', 'Radians in degrees.', (radians) => (radians * 180) / Math.PI),
];
