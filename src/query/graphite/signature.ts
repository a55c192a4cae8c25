import type { FunctionDef } from './function-def.ts';
import type { Param } from './params.ts';

/** A call of the function with the names of its parameters, as graphite-web documents it: `movingAverage(seriesList, …)`. */
export function signatureOf(name: string, { params }: Pick<FunctionDef, 'params'>): string {
  return `${name}(${params.map(parameter).join(', ')})`;
}

function parameter(param: Param): string {
  const name = param.keyword ?? param.name;
  if (param.multiple === true) return `*${name}`;
  if (param.required === true) return name;
  return `${name}=${param.default === undefined ? 'None' : pythonText(param.default)}`;
}

function pythonText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
