import type { Aggregator } from '#query/promql/ast.ts';
import type { Annotation, VectorSeries } from '#query/promql/value.ts';
import type { Column } from './column.ts';

/** Takes the series of a group one after the other, and then says what their aggregate is at each step. */
export type Reducer = {
  readonly add: (series: VectorSeries) => void;
  /** Fills the empty column of the group. */
  readonly finish: (column: Column) => void;
};

/** What a reducer is made for. */
export type ReducerOptions = {
  readonly op: Aggregator;
  /** How many steps there are. */
  readonly count: number;
  readonly annotate: (level: Annotation['level'], message: string) => void;
};
