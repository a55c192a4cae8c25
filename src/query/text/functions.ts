import type { FunctionHelp } from '#core/api/text-query.ts';
import { FUNCTIONS_BY_NAME } from '#query/graphite/functions/index.ts';
import { signatureOf } from '#query/graphite/signature.ts';
import type { ValueType } from '#query/promql/ast.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import { createFunctions } from '#query/promql/functions/index.ts';

const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  string: 'string',
  vector: 'instant-vector',
  matrix: 'range-vector',
};

const AGGREGATIONS: readonly (readonly [name: string, parameter: string, help: string])[] = [
  ['sum', '', 'The sum of the values of each group.'],
  ['avg', '', 'The average of the values of each group.'],
  ['min', '', 'The least value of each group.'],
  ['max', '', 'The greatest value of each group.'],
  ['count', '', 'The number of series of each group.'],
  ['group', '', '1 for each group.'],
  ['stddev', '', 'The standard deviation over each group.'],
  ['stdvar', '', 'The variance over each group.'],
  ['topk', 'k scalar, ', 'The k series of each group with the greatest values.'],
  ['bottomk', 'k scalar, ', 'The k series of each group with the least values.'],
  ['quantile', 'φ scalar, ', 'The φ-quantile (0 to 1) over each group.'],
  ['count_values', 'label string, ', 'How many series have each value, which becomes the label.'],
  ['limitk', 'k scalar, ', 'Any k series of each group.'],
  ['limit_ratio', 'ratio scalar, ', 'A share of the series of each group.'],
];

/** The functions of a language, by name. */
export function functionsOf(language: 'promql' | 'graphite'): FunctionHelp[] {
  const list = language === 'promql' ? promqlFunctions() : graphiteFunctions();
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function promqlFunctions(): FunctionHelp[] {
  const aggregations = AGGREGATIONS.map(([name, parameter, help]) => ({
    name,
    signature: `${name}(${parameter}v instant-vector)`,
    help: `${help} With by (…) or without (…).`,
    group: 'aggregation',
  }));
  const functions = [...createFunctions().values()].map((fn) => ({
    name: fn.name,
    signature: promqlSignature(fn),
    help: fn.help,
    group: fn.experimental === true ? 'experimental' : 'function',
  }));
  return [...aggregations, ...functions];
}

function promqlSignature({ name, args, optional }: PromFunction): string {
  const required = optional < 0 ? args.length - 1 : args.length - optional;
  const words = args.map((type, index) => {
    const word = TYPE_NAMES[type];
    if (index < required) return word;
    return optional < 0 ? `[${word}, …]` : `[${word}]`;
  });
  return `${name}(${words.join(', ')})`;
}

function graphiteFunctions(): FunctionHelp[] {
  return [...FUNCTIONS_BY_NAME].map(([name, def]) => ({
    name,
    signature: signatureOf(name, def),
    help: def.docs,
    group: def.group,
  }));
}
