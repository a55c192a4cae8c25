import type { Labels } from '#core/model/labels.ts';
import type { VectorMatching } from '#query/promql/ast.ts';
import { omitLabels, pickLabels, withoutMetadata } from './label-sets.ts';

/** The labels by which a series is matched. */
export const matchedLabels = (labels: Labels, { on, labels: names }: VectorMatching): Labels =>
  on ? pickLabels(labels, names) : omitLabels(labels, ['__name__', ...names]);

/** The labels of the result for a series of the "many" side and its partner on the "one" side. */
export function resultLabels(many: Labels, one: Labels, matching: VectorMatching, dropsMetadata: boolean): Labels {
  let labels = dropsMetadata ? withoutMetadata(many) : many;
  if (matching.cardinality === 'one-to-one') {
    labels = matching.on ? pickLabels(labels, matching.labels) : omitLabels(labels, matching.labels);
  }
  if (matching.include.length === 0) return labels;
  const included = matching.include.filter((name) => one[name] !== undefined);
  return { ...omitLabels(labels, matching.include), ...pickLabels(one, included) };
}
