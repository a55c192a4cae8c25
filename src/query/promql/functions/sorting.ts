import type { Labels } from '#core/model/labels.ts';
import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { SORT_IN_RANGE } from './annotation-text.ts';
import { textArgs, vectorArg } from './arguments.ts';
import { floatAt, floatSeries, found } from './float-series.ts';
import { compareNatural } from './natural-order.ts';

/** Only an instant has an order; in a range query series come in the order of their labels. */
function noteRange({ steps, annotate }: CallContext): void {
  if (steps.count > 1) annotate('warn', SORT_IN_RANGE, -1);
}

const byValue = (name: string, help: string, direction: 1 | -1): PromFunction => ({
  kind: 'whole',
  name,
  help,
  args: ['vector'],
  optional: 0,
  returns: 'vector',
  evaluate: (args, context) => {
    noteRange(context);
    const floats = found(
      vectorArg(args, 0).map((each) => floatSeries(each, context.steps.count, (i) => floatAt(each, i))),
    );
    const compare = (a: VectorSeries, b: VectorSeries): number =>
      compareValues(a.values[0] as number, b.values[0] as number, direction);
    return { kind: 'vector', series: context.steps.count === 1 ? floats.sort(compare) : floats };
  },
});

/** NaN is last in both directions. */
function compareValues(a: number, b: number, direction: 1 | -1): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a === b) return 0;
  return a < b ? -direction : direction;
}

const byLabel = (name: string, help: string, direction: 1 | -1): PromFunction => ({
  kind: 'whole',
  name,
  help,
  args: ['vector', 'string'],
  optional: -1,
  returns: 'vector',
  experimental: true,
  evaluate: (args, context) => {
    noteRange(context);
    const names = textArgs(args, 1);
    const compare = (a: VectorSeries, b: VectorSeries): number => direction * compareLabels(a.labels, b.labels, names);
    return { kind: 'vector', series: vectorArg(args, 0).toSorted(compare) };
  },
});

function compareLabels(a: Labels, b: Labels, names: readonly string[]): number {
  for (const name of names) {
    const [left, right] = [a[name] ?? '', b[name] ?? ''];
    if (left !== right) return compareNatural(left, right) || compareText(left, right);
  }
  return compareLabelSets(a, b);
}

/** By the first label, in order of names, that differs in name or value; then by their number (Prometheus, labels.Compare). */
function compareLabelSets(a: Labels, b: Labels): number {
  const [left, right] = [Object.keys(a).sort(), Object.keys(b).sort()];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [leftName, rightName] = [left[i] as string, right[i] as string];
    const order = compareText(leftName, rightName) || compareText(a[leftName] as string, b[rightName] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What orders the series of an instant query. */
export const sortFunctions: readonly PromFunction[] = [
  byValue('sort', 'Floats in ascending order of their values.', 1),
  byValue('sort_desc', 'Floats in descending order of their values.', -1),
  byLabel('sort_by_label', 'Series in ascending natural order of the values of labels.', 1),
  byLabel('sort_by_label_desc', 'Series in descending natural order of the values of labels.', -1),
];
