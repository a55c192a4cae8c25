import type { LogAggregate } from '#core/log-query/query.ts';
import { numberSql } from './amount-sql.ts';

/** What aggregates take from where they read. */
export type AggregateSource = {
  /** A field's text; never NULL. */
  readonly text: (field: string) => string;
  /** A field's number where it is one already. */
  readonly number?: (field: string) => string | undefined;
  /** What orders the rows, for `first` and `last`; absent: they have no order. */
  readonly time?: string;
};

/** Whether the column is text. */
export const isTextAggregate = ({ fn }: LogAggregate): boolean => fn === 'first' || fn === 'last';

/** The SQL of an aggregate; NULL where no row has a number. */
export function aggregateSql(aggregate: LogAggregate, source: AggregateSource): string {
  const { fn, field } = aggregate;
  if (field === undefined) return 'count()';
  const text = source.text(field);
  const number = source.number?.(field) ?? numberSql(text);
  switch (fn) {
    case 'count':
      return `countIf(${text} != '')`;
    case 'dc':
      return `uniqIf(${text}, ${text} != '')`;
    case 'percentile':
      return `quantileTDigest(${(aggregate.percentile ?? 50) / 100})(${number})`;
    case 'stdev':
      return `stddevSamp(${number})`;
    case 'first':
      return source.time === undefined ? `any(${text})` : `argMin(${text}, ${source.time})`;
    case 'last':
      return source.time === undefined ? `anyLast(${text})` : `argMax(${text}, ${source.time})`;
    default:
      return `${fn}(${number})`;
  }
}
