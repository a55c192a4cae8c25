import type { SeriesLook } from '#core/api/panel-display.ts';
import { decimalsOf, thresholdsOf, unitOf } from './field-config.ts';
import { isObject, type JsonReader } from './json-reader.ts';
import { convertMappings, noValueMapping } from './mappings.ts';
import { seriesColour } from './named-colours.ts';
import { convertLegend } from './query-text.ts';
import type { NoteTaker } from './report.ts';

/** One property of an override of Grafana's. */
export type Property = { readonly id: string; readonly value: JsonReader };

/** What a property becomes; undefined when there is nothing like it. */
type Converter = (value: JsonReader, what: string, notes: NoteTaker) => SeriesLook | undefined;

const STYLES: Readonly<Record<string, SeriesLook['style']>> = { line: 'line', bars: 'bars', points: 'points' };
const MAX_NAME = 200;

/** What changes nothing that is shown, or only how it is arranged. */
const ARRANGEMENT = new Set(
  `custom.width custom.minWidth custom.align custom.filterable custom.inspect custom.lineWidth custom.pointSize
  custom.showPoints custom.gradientMode custom.axisWidth custom.axisGridShow custom.axisColorMode custom.axisBorderShow
  custom.barAlignment custom.barWidthFactor custom.barMaxWidth custom.spanNulls custom.insertNulls custom.showValues
  custom.wrapText custom.wrapHeaderText custom.axisCenteredZero description`.split(/\s+/),
);

const CONVERTERS: Readonly<Record<string, Converter>> = {
  displayName: (value, what, notes) =>
    typeof value.value === 'string'
      ? { name: convertLegend(legendOfDisplayName(value.value), what, notes).slice(0, MAX_NAME) }
      : undefined,
  color: colour,
  unit: (value, what, notes) =>
    typeof value.value === 'string' ? { unit: unitOf(value.value, what, notes) } : undefined,
  decimals: (value) => {
    const decimals = decimalsOf(numberOf(value));
    return decimals === undefined ? undefined : { decimals };
  },
  mappings: (value, what, notes) =>
    Array.isArray(value.value) ? { mappings: convertMappings(value.value, what, notes) } : undefined,
  noValue: (value) => (typeof value.value === 'string' ? { mappings: [noValueMapping(value.value)] } : undefined),
  thresholds: (value, _what, notes) => ({ thresholds: thresholdsOf(value, {}, notes) }),
  'custom.axisPlacement': axis,
  'custom.drawStyle': (value) => {
    const style = STYLES[String(value.value)];
    return style === undefined ? undefined : { style };
  },
  'custom.fillOpacity': (value) => {
    const percent = numberOf(value);
    return percent === undefined ? undefined : { fill: Math.min(1, Math.max(0, percent / 100)) };
  },
  'custom.lineStyle': (value) => ({ dashed: (value.text('fill') ?? 'solid') !== 'solid' }),
  'custom.transform': (value) => (value.value === 'negative-Y' ? { mirrored: true } : undefined),
  'custom.stacking': (value) => ({ stacked: (value.text('mode') ?? 'none') !== 'none' }),
  'custom.hideFrom': hideFrom,
  'custom.hidden': (value) => ({ hidden: value.value === true }),
  'custom.lineInterpolation': (value, what, notes) => {
    if (value.value !== 'linear') notes.approximated(what, `${String(value.value)}: straight from point to point`);
    return {};
  },
  'custom.thresholdsStyle': (value, what, notes) => {
    if ((value.text('mode') ?? 'off') !== 'off') notes.approximated(what, 'its limits are not drawn as lines');
    return {};
  },
  'custom.cellOptions': cells,
  'custom.displayMode': cells,
  'custom.axisLabel': (value, what, notes) => {
    if (value.value !== '') notes.approximated(what, `the label “${String(value.value)}” of its axis is left out`);
    return {};
  },
};

/** The look that a property says; undefined when there is nothing like it here. */
export function lookOfProperty({ id, value }: Property, what: string, notes: NoteTaker): SeriesLook | undefined {
  if (ARRANGEMENT.has(id)) return {};
  const convert = Object.hasOwn(CONVERTERS, id) ? CONVERTERS[id] : undefined;
  return convert?.(value, what, notes);
}

/** `${__field.labels.host}` is our `{{host}}`. */
export function legendOfDisplayName(name: string): string {
  return name.replace(/\$\{__(?:field|series)\.labels\.(\w+)\}/g, '{{$1}}');
}

function numberOf({ value }: JsonReader): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function colour(value: JsonReader, what: string, notes: NoteTaker): SeriesLook | undefined {
  const mode = value.text('mode') ?? 'fixed';
  const fixed = value.text('fixedColor');
  if (mode === 'fixed' || mode === 'shades') {
    const chosen = fixed === undefined ? undefined : seriesColour(fixed);
    if (chosen === undefined) return fixed === undefined || fixed === 'text' ? {} : undefined;
    return { colour: chosen };
  }
  if (mode !== 'thresholds' && !mode.startsWith('palette'))
    notes.approximated(what, `${mode}: a colour of the palette`);
  return {};
}

function axis({ value }: JsonReader, what: string, notes: NoteTaker): SeriesLook | undefined {
  if (value === 'right' || value === 'left') return { axis: value };
  if (value === 'hidden') notes.approximated(what, 'its axis is shown');
  return {};
}

function hideFrom({ value }: JsonReader): SeriesLook | undefined {
  if (!isObject(value)) return undefined;
  return {
    ...(value['viz'] === true ? { hidden: true } : {}),
    ...(value['legend'] === true ? { legend: false } : {}),
  };
}

/** How the cells of a column are drawn: ours have a mark in the colour of their limit. */
function cells(value: JsonReader, what: string, notes: NoteTaker): SeriesLook {
  const type = typeof value.value === 'string' ? value.value : (value.text('type') ?? 'auto');
  if (!['auto', 'basic', 'json-view', 'color-text'].includes(type))
    notes.approximated(what, `${type}: a mark in the colour of the limit stands before the value`);
  return {};
}
