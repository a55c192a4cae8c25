import type { PromFunction } from '#query/promql/function-def.ts';

type MapFunction = Extract<PromFunction, { kind: 'map' }>;

/** A function of the floats of one vector and maybe scalars: name, help, computation, and further scalar arguments. */
export function mapFunction(
  name: string,
  help: string,
  float: MapFunction['float'],
  options: Partial<Pick<MapFunction, 'args' | 'optional'>> = {},
): MapFunction {
  return { kind: 'map', name, help, args: ['vector'], optional: 0, returns: 'vector', float, ...options };
}
