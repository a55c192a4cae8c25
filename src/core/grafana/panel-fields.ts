import type { Panel } from '#core/api/dashboard.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { legendOfDisplayName, type WithOverrides } from './overrides.ts';
import { convertLegend, convertText } from './query-text.ts';
import type { NoteTaker } from './report.ts';

const SHOWN = 6;

/** Repetition and time of a panel. */
export function repeatAndTime(panel: JsonReader, notes: NoteTaker): Partial<Panel> {
  const variable = panel.text('repeat');
  const direction = panel.text('repeatDirection') === 'v' ? 'v' : 'h';
  const perRow = Math.min(24, Math.max(1, Math.round(panel.number('maxPerRow') ?? 4)));
  const shift = panel.text('timeShift')?.trim();
  const from = panel.text('timeFrom');
  const interval = panel.text('interval') ?? '';
  if (interval !== '')
    notes.approximated('interval', `the least step ${interval} is not kept: steps follow the width of the panel`);
  panel.skip('minSpan', 'hideTimeOverride');
  if (from !== undefined && from !== '') notes.approximated('time', `its own range ${from}: that of the page is shown`);
  const isShift = shift !== undefined && /^\d+[smhdwMy]$/.test(shift);
  if (shift !== undefined && shift !== '' && !isShift) notes.approximated('time', `the shift ${shift} is not known`);
  return {
    ...(variable === undefined || variable === '' ? {} : { repeat: { variable, direction, perRow } }),
    ...(isShift ? { timeShift: shift } : {}),
  };
}

/** What the fields of all series are called, mapped to and linked with. */
export function fieldTexts(panel: JsonReader, whole: WithOverrides, notes: NoteTaker): WithOverrides {
  const defaults = panel.at('fieldConfig.defaults');
  const noValue = defaults.text('noValue') ?? '';
  if (noValue !== '') notes.approximated('noValue', `“–” is shown, not “${noValue}”`);
  noteMappings(defaults, notes);
  noteColor(defaults, notes);
  noteLinks(panel, notes);
  const name = defaults.text('displayName') ?? '';
  if (name === '') return whole;
  const legend = convertLegend(legendOfDisplayName(name), 'displayName', notes);
  return { ...whole, queries: whole.queries.map((query) => ({ ...query, legend })) };
}

function noteMappings(defaults: JsonReader, notes: NoteTaker): void {
  const texts = defaults.items('mappings').flatMap((each) => mappingTexts(each.take()));
  if (texts.length === 0) return;
  const more = texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : '';
  notes.approximated('mappings', `values are shown as numbers, not as ${texts.slice(0, SHOWN).join(', ')}${more}`);
}

/** Of `{type: "value", options: {"1": {text}}}` and of the older `{value, text}`; what stands for no value is not meant. */
function mappingTexts(mapping: unknown): string[] {
  if (!isObject(mapping)) return [];
  const { options, text, type, value } = mapping;
  if (typeof text === 'string') return value === 'null' || text === '' ? [] : [`${text} (${asText(value ?? type)})`];
  if (!isObject(options)) return [];
  if (isObject(options['result'])) {
    const { match, from, to, pattern } = options;
    if (match === 'null' || match === 'null+nan') return [];
    const of = match ?? pattern ?? `${asText(from ?? '')}..${asText(to ?? '')}`;
    return [`${asText(options['result']['text'] ?? 'a colour')} (${asText(of)})`];
  }
  return Object.entries(options).map(([key, result]) => {
    const shown = isObject(result) ? (result['text'] ?? 'a colour') : result;
    return `${asText(shown)} (${key})`;
  });
}

function noteColor(defaults: JsonReader, notes: NoteTaker): void {
  const mode = defaults.text('color.mode') ?? 'palette-classic';
  const fixed = defaults.text('color.fixedColor') ?? '';
  defaults.skip('color');
  if (mode === 'fixed' || mode === 'shades') notes.approximated('colours', `${mode} ${fixed}: chosen from the palette`);
  if (mode.startsWith('continuous')) notes.approximated('colours', `${mode}: chosen from the palette or by thresholds`);
}

function noteLinks(panel: JsonReader, notes: NoteTaker): void {
  for (const link of [...panel.items('links'), ...panel.items('fieldConfig.defaults.links')]) {
    const title = link.text('title') ?? '';
    const url = link.text('url') ?? link.text('dashboard') ?? link.text('dashUri') ?? '';
    link.take();
    if (title !== '' || url !== '')
      notes.approximated('link', `“${convertText(title, 'link', notes)}” to ${url} is left out`);
  }
}
