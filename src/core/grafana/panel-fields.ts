import type { Panel } from '#core/api/dashboard.ts';
import type { SeriesLook } from '#core/api/panel-display.ts';
import type { JsonReader } from './json-reader.ts';
import { convertLinks } from './links.ts';
import { legendOfDisplayName } from './look-properties.ts';
import { convertMappings, noValueMapping } from './mappings.ts';
import { seriesColour } from './named-colours.ts';
import type { WithOverrides } from './overrides.ts';
import { convertLegend } from './query-text.ts';
import type { NoteTaker } from './report.ts';

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

/** What the fields of all series are called, mapped to, drawn as and linked with. */
export function fieldTexts(panel: JsonReader, whole: WithOverrides, notes: NoteTaker): WithOverrides {
  const defaults = panel.at('fieldConfig.defaults');
  const noValue = defaults.text('noValue') ?? '';
  const own = [...(whole.draft.mappings ?? []), ...convertMappings(listOf(defaults, 'mappings'), 'mappings', notes)];
  defaults.skip('mappings');
  const mappings = noValue === '' ? own : [...own, noValueMapping(noValue)];
  const look = lookOfAll(defaults, whole.draft.type, notes);
  const links = convertLinks(panel, notes);
  const { overrides = [] } = whole.draft;
  const draft = {
    ...whole.draft,
    ...(mappings.length === 0 ? {} : { mappings }),
    ...(links.length === 0 ? {} : { links }),
    ...(look === undefined ? {} : { overrides: [{ by: 'regex' as const, of: '.*', look }, ...overrides] }),
  };
  if (mappings.length > 0) notes.kept('mappings', `as they are: ${mappings.length}`);
  if (links.length > 0) notes.kept('links', `behind a button in the header of the panel: ${links.length}`);
  const name = defaults.text('displayName') ?? '';
  if (name === '') return { ...whole, draft };
  const legend = convertLegend(legendOfDisplayName(name), 'displayName', notes);
  return { draft, queries: whole.queries.map((query) => ({ ...query, legend })) };
}

/** What all series of a panel have in common that is a look of series here. */
function lookOfAll(defaults: JsonReader, type: string, notes: NoteTaker): SeriesLook | undefined {
  const mode = defaults.text('color.mode') ?? 'palette-classic';
  const fixed = defaults.text('color.fixedColor') ?? '';
  defaults.skip('color');
  if (mode.startsWith('continuous')) notes.approximated('colours', `${mode}: chosen from the palette or by thresholds`);
  const colour = mode === 'fixed' || mode === 'shades' ? seriesColour(fixed) : undefined;
  if (mode === 'shades' && colour !== undefined) notes.approximated('colours', `${fixed} for all, without shades`);
  const custom = defaults.at('custom');
  const isChart = type === 'timeseries';
  const dash = custom.text('lineStyle.fill') ?? 'solid';
  const isHidden = custom.flag('hideFrom.legend') === true;
  const look: SeriesLook = {
    ...(colour === undefined ? {} : { colour }),
    ...(isChart && custom.text('axisPlacement') === 'right' ? { axis: 'right' } : {}),
    ...(isChart && custom.text('transform') === 'negative-Y' ? { mirrored: true } : {}),
    ...(isChart && dash !== 'solid' ? { dashed: true } : {}),
    ...(isChart && isHidden ? { legend: false } : {}),
  };
  return Object.keys(look).length === 0 ? undefined : look;
}

function listOf(reader: JsonReader, path: string): readonly unknown[] {
  const { value } = reader.at(path);
  return Array.isArray(value) ? value : [];
}
