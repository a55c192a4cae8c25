import type { FunctionDef } from '#query/graphite/function-def.ts';
import { aliasFunctions } from './alias.ts';
import { asPercentFunctions } from './as-percent.ts';
import { combineFunctions } from './combine.ts';
import { combineListFunctions } from './combine-lists.ts';
import { combineRatioFunctions } from './combine-ratio.ts';
import { combineWildcardFunctions } from './combine-wildcards.ts';
import { compressGapsFunctions } from './compress-gaps.ts';
import { eventFunctions } from './events.ts';
import { fillFunctions } from './fill.ts';
import { filterFunctions } from './filter.ts';
import { graphFunctions } from './graph.ts';
import { groupFunctions } from './group.ts';
import { holtWintersFunctions } from './holt-winters.ts';
import { legendFunctions } from './legend.ts';
import { movingFunctions } from './moving.ts';
import { pointwiseFunctions } from './pointwise.ts';
import { rankFunctions } from './rank.ts';
import { regressionFunctions } from './regression.ts';
import { runningFunctions } from './running.ts';
import { shiftFunctions } from './shift.ts';
import { specialFunctions } from './special.ts';
import { summarizeFunctions } from './summarize.ts';
import { thresholdFilterFunctions } from './threshold-filter.ts';

/** `seriesByTag` is part of the language itself; this entry documents it. */
const seriesByTag: FunctionDef = {
  name: 'seriesByTag',
  group: 'Special',
  docs: 'The series whose tags match all expressions: tag=value, !=, =~ and !=~.',
  params: [{ name: 'tagExpressions', type: 'string', required: true, multiple: true }],
  run: () => [],
};

/** Every function once, under its own name. */
export const FUNCTIONS: readonly FunctionDef[] = [
  seriesByTag,
  ...aliasFunctions,
  ...asPercentFunctions,
  ...combineFunctions,
  ...combineListFunctions,
  ...combineRatioFunctions,
  ...combineWildcardFunctions,
  ...compressGapsFunctions,
  ...eventFunctions,
  ...fillFunctions,
  ...filterFunctions,
  ...graphFunctions,
  ...groupFunctions,
  ...holtWintersFunctions,
  ...legendFunctions,
  ...movingFunctions,
  ...pointwiseFunctions,
  ...rankFunctions,
  ...regressionFunctions,
  ...runningFunctions,
  ...shiftFunctions,
  ...specialFunctions,
  ...summarizeFunctions,
  ...thresholdFilterFunctions,
];

/** Every function by each of its names. */
export const FUNCTIONS_BY_NAME: ReadonlyMap<string, FunctionDef> = new Map(
  FUNCTIONS.flatMap((def) => [def.name, ...(def.aliases ?? [])].map((name) => [name, def] as const)),
);

/** The function of that name or alias. */
export function findFunction(name: string): FunctionDef | undefined {
  return FUNCTIONS_BY_NAME.get(name);
}
