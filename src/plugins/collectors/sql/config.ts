import { z } from 'zod';
import { ColumnName, queryName, SQL_TARGET_OPTIONS, sqlPlaceProblem } from '#core/sql/sql-target-options.ts';
import { Duration } from '#core/units/duration-option.ts';

const columns = (what: string) => z.array(ColumnName).max(50).default([]).describe(what);

/** Options of a target: a query, where it is asked, and what becomes of its columns. */
export const SqlConfig = z
  .strictObject({
    name: queryName.describe(
      'Name of the query: its series begin with it, like shop_orders_waiting for the column waiting.',
    ),
    ...SQL_TARGET_OPTIONS,
    valueColumns: columns('Columns whose values are gauges; each row is one series of each.'),
    counterColumns: columns('Columns whose values only grow.'),
    labelColumns: columns('Columns that tell rows apart; they are labels.'),
    timeColumn: ColumnName.optional().describe('Column with a time (UTC without a zone), whose age is a value.'),
    freshFor: Duration.optional().describe('The newest time may be so old; a query that finds nothing is not fresh.'),
    maxRows: z
      .int()
      .min(1)
      .max(5_000)
      .default(1_000)
      .describe('Most rows; when there are more, these are kept and the run tells of it.'),
  })
  .superRefine((config, context) => {
    const refuse = (option: string, message: string) => context.addIssue({ code: 'custom', path: [option], message });
    const place = sqlPlaceProblem(config);
    if (place !== undefined) refuse(place.option, place.message);
    if (config.freshFor !== undefined && config.timeColumn === undefined) {
      refuse('timeColumn', 'freshFor is of this column');
    }
    const used = [...config.valueColumns, ...config.counterColumns, ...config.labelColumns];
    const twice = used.find((column, i) => used.indexOf(column) !== i);
    if (twice !== undefined) {
      refuse('labelColumns', `the column ${twice} stands twice: it is a value, a counter or a label`);
    }
  });
export type SqlConfig = z.infer<typeof SqlConfig>;
