import type { PromFunction } from '#query/promql/function-def.ts';
import { PLANNED } from './planned.ts';

/** Every function of PromQL by its name: those of Prometheus 3.5 and the experimental ones, which are marked. */
export function createFunctions(): ReadonlyMap<string, PromFunction> {
  return new Map(PLANNED.map((fn) => [fn.name, fn]));
}
