import type { CollectedState, CollectedValue } from '#core/plugin/collector.ts';
import { numberOf, type Resource } from './management-answer.ts';

/** A part of a collection. */
export type Part = { readonly values: readonly CollectedValue[]; readonly states: readonly CollectedState[] };
export type Labels = Readonly<Record<string, string>>;
/** An attribute, the metric it becomes, labels of its own, and a factor to the base unit. */
export type Figure = readonly [attribute: string, metric: string, labels?: Labels, factor?: number];

/** Parts as one. */
export function joinParts(parts: readonly Part[]): Part {
  return { values: parts.flatMap(({ values }) => values), states: parts.flatMap(({ states }) => states) };
}

/** Values of a resource's attributes; undefined and negative ones (no limit, never measured) are none. */
export function figures(resource: Resource, labels: Labels, table: readonly Figure[]): CollectedValue[] {
  return table.flatMap(([attribute, metric, more = {}, factor = 1]) => {
    const value = numberOf(resource[attribute]);
    return value === undefined || value < 0 ? [] : [{ metric, labels: { ...labels, ...more }, value: value * factor }];
  });
}

/** A state that is not among the known ones is `unknown`. */
export function stateOf(metric: string, labels: Labels, text: string, known: readonly string[]): CollectedState {
  return { metric, labels, state: known.includes(text) ? text : 'unknown' };
}
