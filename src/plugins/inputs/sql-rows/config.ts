import { z } from 'zod';
import { ColumnName, queryName, SQL_TARGET_OPTIONS, sqlPlaceProblem } from '#core/sql/sql-target-options.ts';
import { Duration } from '#core/units/duration-option.ts';

const SHORTEST_MS = 1_000;

/** A query whose new rows are log lines. */
export const RowsQuery = z
  .strictObject({
    name: queryName.describe('Name of the query, in the source of its lines: `sql-rows:audit`.'),
    ...SQL_TARGET_OPTIONS,
    cursorColumn: ColumnName.describe(
      'Column that grows from row to row and is unique; the query is ordered by it, and its last placeholder is the last value seen.',
    ),
    startAt: z.string().default('0').describe('What the last placeholder is at the very first run.'),
    timeColumn: ColumnName.optional().describe('Column with the time of the line (UTC without a zone).'),
    messageColumn: ColumnName.optional().describe('Column with the line; without it, all columns make one.'),
    severityColumn: ColumnName.optional().describe('Column with its severity, like `error`.'),
    service: z.string().min(1).optional().describe('Service of the lines; without it, the name of the query.'),
    interval: Duration.default(30_000)
      .refine((ms) => ms >= SHORTEST_MS, 'write at least 1s')
      .describe('How often it is asked.'),
    timeout: Duration.default(10_000).describe('A run that takes longer is given up.'),
    maxRows: z
      .int()
      .min(1)
      .max(10_000)
      .default(1_000)
      .describe('Rows of one run; when there are more, the next follows at once.'),
  })
  .superRefine((config, context) => {
    const place = sqlPlaceProblem(config);
    if (place !== undefined) context.addIssue({ code: 'custom', path: [place.option], message: place.message });
  });
export type RowsQuery = z.infer<typeof RowsQuery>;

/** Options of the input. */
export const SqlRowsConfig = z.strictObject({
  queries: z
    .array(RowsQuery)
    .max(100)
    .default([])
    .refine((queries) => new Set(queries.map(({ name }) => name)).size === queries.length, 'two queries have one name')
    .describe('Queries whose new rows are taken as log lines.'),
});
export type SqlRowsConfig = z.infer<typeof SqlRowsConfig>;
