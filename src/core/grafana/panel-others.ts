import { convertDefaults } from './field-config.ts';
import { asText, type JsonReader } from './json-reader.ts';
import { legendOf, type PanelDraft } from './panel-draft.ts';
import { convertText, shortened } from './query-text.ts';
import type { NoteTaker } from './report.ts';
import { speaksOfColumns } from './transformations.ts';

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
  const isArranged = panel.items('transformations').length > 0 || speaksOfColumns(panel);
  if (panel.items('targets').length > 0 && !isArranged)
    notes.approximated('table', 'a row for each series with its labels and newest value');
  return { type: 'table', ...convertDefaults(panel, notes, 'as colour'), options: { show: 'latest' } };
}

/** A chart of time in cells: `state-timeline`, `status-history`. Where limits colour it, values below all are well. */
export function convertStates(type: string) {
  return (panel: JsonReader, notes: NoteTaker): PanelDraft => {
    const format = convertDefaults(panel, notes, 'as colour');
    const { min = 0, thresholds } = format;
    const isWhole = thresholds.length === 0 || thresholds.some(({ value }) => value <= min);
    const all: PanelDraft['thresholds'] = isWhole ? thresholds : [{ value: min, status: 'ok' }, ...thresholds];
    return { type, ...format, thresholds: all, options: {} };
  };
}

/** A chart whose options are ours to choose. */
export function convertChart(type: string) {
  return (panel: JsonReader, notes: NoteTaker): PanelDraft => {
    legendOf(panel, notes);
    return { type, ...convertDefaults(panel, notes, 'never'), options: {} };
  };
}

/** A `heatmap`; the old one had its unit at the axis. */
export function convertHeatmap(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const axis = panel.text('options.yAxis.unit') ?? panel.text('yAxis.format');
  const draft = convertDefaults(panel, notes, 'never');
  const unit = axis === undefined || axis === '' ? draft.unit : axis === 's' ? 'seconds' : draft.unit;
  return { type: 'heatmap', ...draft, unit, options: {} };
}

/** A `barchart`: ours has a column for each series. */
export function convertBarChart(panel: JsonReader, notes: NoteTaker): PanelDraft {
  notes.approximated('bars', 'a column for each series with its newest value');
  legendOf(panel, notes);
  return { type: 'barchart', ...convertDefaults(panel, notes, 'never'), options: { figure: 'last' } };
}

/** A `dashlist`: the dashboards that have all of its tags. */
export function convertDashList(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const tags = panel.items('options.tags').map((tag) => asText(tag.take()));
  const words = panel.text('options.query') ?? '';
  const isWhole = panel.flag('options.showSearch') ?? true;
  const limit = Math.max(0, Math.round(panel.number('options.maxItems') ?? 0));
  if (!isWhole) notes.approximated('list', 'all dashboards, not only recent or starred ones');
  panel.skip('options');
  return {
    type: 'dashlist',
    ...PLAIN,
    options: { tags, ...(words === '' ? {} : { words }), ...(limit === 0 ? {} : { limit }) },
  };
}

/** A list that is there but has nothing to show yet. */
export function convertEmptyList(type: string, how: string) {
  return (panel: JsonReader, notes: NoteTaker): PanelDraft => {
    notes.approximated('list', how);
    panel.skip('options');
    return { type, ...PLAIN, options: {} };
  };
}
