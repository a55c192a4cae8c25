import type { Threshold } from '#core/api/panel-display.ts';
import { statusOfColor } from './colors.ts';
import { decimalsOf, unitOf } from './field-config.ts';
import { aliasColors, graphOverrides } from './graph-overrides.ts';
import type { JsonReader } from './json-reader.ts';
import type { PanelDraft } from './panel-draft.ts';
import type { NoteTaker } from './report.ts';

/** The old `graph` panel. */
export function convertGraph(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const left = panel.at('yaxes.0');
  const unit = unitOf(left.text('format') ?? panel.text('y_formats.0'), 'unit', notes);
  const min = left.number('min');
  const max = left.number('max');
  const decimals = decimalsOf(panel.number('decimals') ?? left.number('decimals'));
  noteAxes(panel, notes);
  noteSeries(panel, notes);
  const overrides = [...aliasColors(panel), ...graphOverrides(panel, notes)];
  return {
    type: 'timeseries',
    ...(overrides.length === 0 ? {} : { overrides }),
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    thresholds: panel.items('thresholds').flatMap((each) => graphThreshold(each, notes)),
    options: {
      style: styleOf(panel),
      stack: panel.flag('stack') ?? false,
      fill: panel.flag('lines') === false ? 0 : Math.min(1, Math.max(0, (panel.number('fill') ?? 1) / 10)),
      legend: graphLegend(panel.at('legend')),
    },
  };
}

function styleOf(panel: JsonReader): 'line' | 'bars' | 'points' {
  const lines = panel.flag('lines') ?? true;
  const bars = panel.flag('bars') ?? false;
  const points = panel.flag('points') ?? false;
  return bars && !lines ? 'bars' : points && !lines ? 'points' : 'line';
}

function graphLegend(legend: JsonReader): 'none' | 'inline' | 'table' {
  const isShown = legend.flag('show') ?? true;
  const hasValues = ['values', 'alignAsTable', 'avg', 'current', 'max', 'min', 'total'].map((key) => legend.flag(key));
  legend.take();
  if (!isShown) return 'none';
  return hasValues[1] === true || hasValues[0] === true ? 'table' : 'inline';
}

function graphThreshold(threshold: JsonReader, notes: NoteTaker): Threshold[] {
  const value = threshold.number('value');
  const mode = threshold.text('colorMode') ?? 'critical';
  const color = threshold.text('lineColor') ?? threshold.text('fillColor') ?? '';
  const isBelow = threshold.text('op') === 'lt';
  threshold.take();
  if (value === undefined) return [];
  if (isBelow) {
    notes.approximated('thresholds', `below ${value}: a limit is one from which on values are bad, it is left out`);
    return [];
  }
  const named = mode === 'critical' || mode === 'warning' || mode === 'ok' ? mode : statusOfColor(color);
  return [{ value, status: named }];
}

function noteAxes(panel: JsonReader, notes: NoteTaker): void {
  const left = panel.at('yaxes.0');
  const label = left.text('label') ?? '';
  if (label !== '') notes.approximated('axis', `the label “${label}” is left out`);
  if ((left.number('logBase') ?? 1) !== 1) notes.approximated('axis', 'logarithmic: drawn linear');
  left.skip('show', 'decimals', '$$hashKey');
  const mode = panel.text('xaxis.mode') ?? 'time';
  if (mode !== 'time') notes.approximated('axis', `the horizontal axis shows time, not ${mode}`);
  panel.skip('xaxis', 'yaxis');
}

function noteSeries(panel: JsonReader, notes: NoteTaker): void {
  if (panel.flag('percentage') === true) notes.approximated('stacking', 'values are stacked, not their percentages');
  if (panel.flag('steppedLine') === true) notes.approximated('lines', 'steps: straight from point to point');
  if (panel.flag('dashes') === true) notes.approximated('lines', 'dashes: drawn solid');
  const nulls = panel.text('nullPointMode') ?? 'null';
  if (nulls === 'connected') notes.approximated('gaps', 'gaps are shown, not connected');
  if (nulls === 'null as zero') notes.approximated('gaps', 'gaps are shown, not drawn as 0');
}
