import type { Panel } from '#core/api/dashboard.ts';
import type { Threshold } from '#core/api/panel-display.ts';
import type { JsonReader } from './json-reader.ts';
import type { NoteTaker } from './report.ts';
import { type ColorStep, convertThresholds, type ThresholdScale } from './thresholds.ts';
import { convertUnit } from './units.ts';

/** What a panel shows its values with. */
export type ValueFormat = Pick<Panel, 'unit' | 'decimals' | 'min' | 'max' | 'thresholds'>;

const MAX_DECIMALS = 10;

/** Unit of ours for Grafana's id; what is not the same is noted. */
export function unitOf(id: string | undefined, what: string, notes: NoteTaker): string {
  if (id === undefined || id === '') return '';
  const converted = convertUnit(id);
  if (converted === undefined) {
    notes.approximated(what, `the unit ${id} is not known: plain numbers`);
    return '';
  }
  if (converted.note !== undefined) notes.approximated(what, `${id}: ${converted.note}`);
  return converted.unit;
}

/** Whether limits are a panel's: never, always, or where they colour its values. */
export type LimitUse = 'never' | 'always' | 'as colour';

/** The defaults of a field configuration: unit, decimals, limits, thresholds. */
export function convertDefaults(panel: JsonReader, notes: NoteTaker, limits: LimitUse): ValueFormat {
  const defaults = panel.at('fieldConfig.defaults');
  const min = defaults.number('min');
  const max = defaults.number('max');
  const decimals = decimalsOf(defaults.number('decimals'));
  const unit = unitOf(defaults.text('unit'), 'unit', notes);
  const mode = defaults.text('color.mode') ?? 'thresholds';
  const isUsed = limits === 'always' || (limits === 'as colour' && mode === 'thresholds');
  const thresholds = defaults.at('thresholds');
  if (!isUsed) thresholds.take();
  return {
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    thresholds: isUsed ? thresholdsOf(thresholds, { min, max }, notes) : [],
  };
}

/** Limits of a field: steps with a colour, and whether they are percentages of a range. */
export function thresholdsOf(
  thresholds: JsonReader,
  range: Pick<ThresholdScale, 'min' | 'max'>,
  notes: NoteTaker,
): Threshold[] {
  const isPercent = thresholds.text('mode') === 'percentage';
  const steps = stepsOf(thresholds);
  thresholds.take();
  return convertThresholds(steps, { isPercent, ...range }, notes);
}

/** Decimals as our panels take them. */
export function decimalsOf(decimals: number | undefined): number | undefined {
  return decimals === undefined ? undefined : Math.min(MAX_DECIMALS, Math.max(0, Math.round(decimals)));
}

function stepsOf(thresholds: JsonReader): ColorStep[] {
  return thresholds.items('steps').map((step, index) => ({
    value: index === 0 && !step.has('value') ? undefined : (step.number('value') ?? undefined),
    color: step.text('color') ?? 'green',
  }));
}
