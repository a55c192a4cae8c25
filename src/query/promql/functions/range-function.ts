import type { PromFunction } from '#query/promql/function-def.ts';

type RangeFunction = Extract<PromFunction, { kind: 'range' }>;

/** A function of one range vector: name, sentence of help, evaluation, and what differs from the usual. */
export function rangeFunction(
  name: string,
  help: string,
  evaluate: RangeFunction['evaluate'],
  options: Partial<Pick<RangeFunction, 'args' | 'experimental' | 'keepsName' | 'noteSeries' | 'ofFloats'>> = {},
): RangeFunction {
  return { kind: 'range', name, help, args: ['matrix'], optional: 0, returns: 'vector', evaluate, ...options };
}
