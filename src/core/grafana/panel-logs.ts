import type { PanelQuery } from '../api/dashboard.ts';
import type { JsonReader } from './json-reader.ts';
import type { PanelDraft } from './panel-draft.ts';
import type { NoteTaker } from './report.ts';

/** A `logs` panel. Rows open by a click and show level, host and service: how Grafana shows them is ours to choose. */
export function convertLogs(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const dedup = panel.text('options.dedupStrategy') ?? 'none';
  if (dedup !== 'none') notes.approximated('lines', 'equal lines are not joined');
  const order = panel.text('options.sortOrder') === 'Ascending' ? { order: 'oldest' } : {};
  panel.skip('options', 'fieldConfig');
  return { type: 'logs', unit: '', thresholds: [], options: order };
}

/** The search of a log panel: any of its queries. */
export function searchOfPanel(queries: readonly PanelQuery[], notes: NoteTaker): string {
  const searches = queries.filter(({ language, hidden }) => language === 'logs' && !hidden);
  if (searches.length < queries.length)
    notes.approximated('queries', 'what is hidden or no search of logs is left out');
  const texts = searches.map(({ text }) => text);
  return texts.length < 2 ? (texts[0] ?? '') : texts.map((text) => `(${text})`).join(' OR ');
}
