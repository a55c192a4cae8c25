import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Expr } from '#query/promql/ast.ts';
import { formatPlain } from '#query/promql/number-text.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { groupLabels } from './aggregate-groups.ts';
import { type Column, ColumnSet, sampleAt } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { histogramText } from './histogram-text.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

/** `count_values`: how many series of each group have each value, which stands in a label. */
export async function countValues(
  node: AggregateExpr,
  vector: readonly VectorSeries[],
  of: { readonly label: string; readonly count: number; readonly evaluation: Evaluation },
): Promise<VectorSeries[]> {
  const { label, count, evaluation } = of;
  if (label === '' || !label.isWellFormed()) {
    // Bytes that are not UTF-8 are lone surrogates.
    const text = JSON.stringify(label).replace(/\\udc([89a-f][0-9a-f])/g, String.raw`\x$1`);
    throw new AppError('bad_query', `invalid label name ${text}`);
  }
  const grouping = node.without ? node : { without: false, labels: [...node.labels, label] };
  const columns = new ColumnSet(count);
  for (const series of vector) {
    const columnOf = columnsByText(series, grouping, { label, columns, evaluation });
    for (let step = 0; step < count; step++) {
      if (series.present[step] === 1) countOne(columnOf(textOf(sampleAt(series, step))), step);
    }
    if (evaluation.isDue(count * SERIES_WORK)) await evaluation.rest();
  }
  return columns.filled();
}

const textOf = (sample: number | NativeHistogram): string =>
  typeof sample === 'number' ? formatPlain(sample) : histogramText(sample);

function countOne({ present, values }: Column, step: number): void {
  present[step] = 1;
  values[step] = (values[step] as number) + 1;
}

/** The column in which a value of the series is counted, by the text of the value. */
function columnsByText(
  series: VectorSeries,
  grouping: Pick<AggregateExpr, 'without' | 'labels'>,
  of: { readonly label: string; readonly columns: ColumnSet; readonly evaluation: Evaluation },
): (text: string) => Column {
  const { label, columns, evaluation } = of;
  const known = new Map<string, Column>();
  return (text) => {
    let column = known.get(text);
    if (column === undefined) {
      column = columns.of(groupLabels({ ...series.labels, [label]: text }, grouping), series.dropName === true);
      known.set(text, column);
      evaluation.hold(column.present.length);
    }
    return column;
  };
}
