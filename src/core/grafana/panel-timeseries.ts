import { convertDefaults } from './field-config.ts';
import type { JsonReader } from './json-reader.ts';
import { legendOf, type PanelDraft } from './panel-draft.ts';
import type { NoteTaker } from './report.ts';

/** A `timeseries` panel. */
export function convertTimeSeries(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const custom = panel.at('fieldConfig.defaults.custom');
  const thresholds = custom.text('thresholdsStyle.mode') ?? 'off';
  const style = styleOf(custom.text('drawStyle'));
  const stacking = custom.text('stacking.mode') ?? 'none';
  if (stacking === 'percent') notes.approximated('stacking', 'values are stacked, not their percentages');
  noteLines(custom, notes);
  noteAxis(custom, notes);
  return {
    type: 'timeseries',
    ...convertDefaults(panel, notes, thresholds === 'off' ? 'never' : 'always'),
    options: {
      style,
      stack: stacking !== 'none',
      fill: opacity(custom.number('fillOpacity')),
      legend: legendOf(panel, notes),
    },
  };
}

/** An opacity of 0..100 as one of 0..1. */
export function opacity(percent: number | undefined): number {
  return Math.min(1, Math.max(0, (percent ?? 0) / 100));
}

function styleOf(drawStyle: string | undefined): 'line' | 'bars' | 'points' {
  return drawStyle === 'bars' || drawStyle === 'points' ? drawStyle : 'line';
}

function noteLines(custom: JsonReader, notes: NoteTaker): void {
  const interpolation = custom.text('lineInterpolation') ?? 'linear';
  if (interpolation !== 'linear') notes.approximated('lines', `${interpolation}: straight from point to point`);
  const span = custom.at('spanNulls').take();
  if (span === true || typeof span === 'number') notes.approximated('gaps', 'gaps are shown, not connected');
  const width = custom.number('lineWidth');
  if (width === 0) notes.approximated('lines', 'a line is drawn although its width is 0');
  if (custom.text('showPoints') === 'always') notes.approximated('points', 'shown only where the style is points');
}

function noteAxis(custom: JsonReader, notes: NoteTaker): void {
  const placement = custom.text('axisPlacement') ?? 'auto';
  if (placement === 'hidden') notes.approximated('axis', 'hidden: it is shown');
  const label = custom.text('axisLabel') ?? '';
  if (label !== '') notes.approximated('axis', `the label “${label}” is left out`);
  const scale = custom.text('scaleDistribution.type') ?? 'linear';
  if (scale !== 'linear') notes.approximated('axis', `${scale}: drawn linear`);
  custom.skip('scaleDistribution');
  for (const soft of ['axisSoftMin', 'axisSoftMax']) {
    const value = custom.number(soft);
    if (value !== undefined) notes.approximated('axis', `${soft} ${value}: the axis follows the values`);
  }
}
