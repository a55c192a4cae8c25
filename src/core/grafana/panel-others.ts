import { convertDefaults } from './field-config.ts';
import type { JsonReader } from './json-reader.ts';
import { legendOf, type PanelDraft } from './panel-draft.ts';
import { convertText, shortened } from './query-text.ts';
import type { NoteTaker } from './report.ts';

const MAX_MARKDOWN = 20_000;
const PLAIN = { unit: '', thresholds: [] };

/** A `text` panel: Markdown; HTML loses its tags. */
export function convertTextPanel(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const mode = panel.text('options.mode') ?? panel.text('mode') ?? 'markdown';
  const content = panel.text('options.content') ?? panel.text('content') ?? '';
  panel.skip('options.code');
  const isMarked = mode === 'html' || /<\/?[a-z][^>]*>/i.test(content);
  if (isMarked) notes.approximated('text', 'HTML is shown as plain text');
  const text = mode === 'code' ? `\`\`\`\n${content}\n\`\`\`` : isMarked ? withoutTags(content) : content;
  const markdown = shortened(convertText(text, 'text', notes), MAX_MARKDOWN, 'text', notes);
  return { type: 'text', ...PLAIN, options: { markdown } };
}

/** Links and paragraphs stay, all other tags go. */
function withoutTags(html: string): string {
  return html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<a\b[^>]*\bhref\s*=\s*["']([^"']*)["'][^>]*>([\s\S]*?)<\/a>/gi, '[$2]($1)')
    .replace(/<h([1-6])\b[^>]*>/gi, (_, level: string) => `\n${'#'.repeat(Number(level))} `)
    .replace(/<(br|\/p|\/div|\/h[1-6]|\/tr|\/ul|\/ol)\b[^>]*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A `table`, of any age: the newest value of each series. */
export function convertTable(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const styles = panel.items('styles').map((style) => style.text('pattern') ?? '');
  const meant = styles.filter((pattern) => pattern !== '' && pattern !== 'Time' && pattern !== '/.*/');
  panel.skip(
    'styles',
    'columns',
    'transform',
    'sort',
    'fontSize',
    'scroll',
    'showHeader',
    'pageSize',
    'options.sortBy',
  );
  if (meant.length > 0) notes.approximated('columns', `own looks of ${meant.slice(0, 6).join(', ')} are left out`);
  if (panel.items('targets').length > 0)
    notes.approximated('table', 'a row for each series with its labels and newest value');
  return { type: 'table', ...convertDefaults(panel, notes, true), options: { show: 'latest' } };
}

/** A chart of time in cells: `state-timeline`, `status-history`. */
export function convertStates(type: string) {
  return (panel: JsonReader, notes: NoteTaker): PanelDraft => ({
    type,
    ...convertDefaults(panel, notes, true),
    options: {},
  });
}

/** A chart whose options are ours to choose. */
export function convertChart(type: string) {
  return (panel: JsonReader, notes: NoteTaker): PanelDraft => {
    legendOf(panel, notes);
    return { type, ...convertDefaults(panel, notes, false), options: {} };
  };
}

/** A `heatmap`; the old one had its unit at the axis. */
export function convertHeatmap(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const axis = panel.text('options.yAxis.unit') ?? panel.text('yAxis.format');
  const draft = convertDefaults(panel, notes, false);
  const unit = axis === undefined || axis === '' ? draft.unit : axis === 's' ? 'seconds' : draft.unit;
  return { type: 'heatmap', ...draft, unit, options: {} };
}

/** A panel without values: lists of alerts and of dashboards. */
export function convertList(type: string) {
  return (): PanelDraft => ({ type, ...PLAIN, options: {} });
}
