import type { JsonReader } from './json-reader.ts';
import type { NoteTaker } from './report.ts';

/** What a table of ours does by itself: a row for each series with its newest value. */
const DONE_BY_TABLES: Readonly<Record<string, string>> = {
  reduce: 'a row for each series with its newest value',
  seriesToRows: 'a row for each series with its newest value',
  merge: 'the rows of all queries stand in one table, not side by side',
  labelsToFields: 'the labels are columns',
  timeSeriesTable: 'a row for each series with its newest value',
};

/** Transformations work on tables of results, which panels do not have: those that are missing are named. */
export function noteTransformations(panel: JsonReader, type: string, notes: NoteTaker): void {
  for (const each of panel.items('transformations')) {
    const id = each.text('id') ?? 'unnamed';
    const isDisabled = each.flag('disabled') === true;
    each.take();
    if (isDisabled) continue;
    const what = `transformation ${id}`;
    const done = type === 'table' ? DONE_BY_TABLES[id] : undefined;
    if (done === undefined) notes.unsupported(what, 'results are shown as the queries give them');
    else notes.approximated(what, done);
  }
}
