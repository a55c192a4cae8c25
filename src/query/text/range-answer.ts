import type { QueryAnnotation, TextStats } from '#core/api/text-query.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Grid } from '#core/series-math/grid.ts';
import type { TextAnswer } from './text-query.ts';

/** One series on the grid of the answer. */
export type AnswerLine = { readonly labels: Labels; readonly values: Float64Array };

export type AnswerFacts = {
  readonly grid: Grid;
  readonly isTruncated: boolean;
  readonly annotations?: readonly QueryAnnotation[];
  readonly stats: TextStats;
};

/** Lines as the answer of a chart. */
export function rangeAnswer(lines: readonly AnswerLine[], facts: AnswerFacts): TextAnswer {
  const { grid, isTruncated, annotations = [], stats } = facts;
  return {
    header: {
      type: 'range',
      ...grid,
      resolution: 'raw',
      band: false,
      series: lines.map(({ labels }) => ({ sid: JSON.stringify(labels), labels })),
      truncated: isTruncated,
      unit: '',
      stats,
      ...(annotations.length === 0 ? {} : { annotations }),
    },
    columns: lines.map(({ values }) => values),
  };
}
