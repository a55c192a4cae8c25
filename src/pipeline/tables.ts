/** Tables whose rows are records in the accounts. */
const RECORD_TABLES: readonly string[] = ['samples', 'histograms', 'events', 'logs'];

/** Tables that are written through the spool; what names series stands before the records that need it. */
export const SPOOLED_TABLES: readonly string[] = ['series', 'metric_metadata', 'exemplars', ...RECORD_TABLES];

/** Whether the rows of a table are records that stand in the accounts. */
export function holdsRecords(table: string): boolean {
  return RECORD_TABLES.includes(table);
}
