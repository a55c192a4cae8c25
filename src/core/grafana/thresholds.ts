import type { Threshold } from '#core/api/panel-display.ts';
import { statusOfColor } from './colors.ts';
import type { NoteTaker } from './report.ts';

/** A step of Grafana's: from this value on, this colour. The first has no value. */
export type ColorStep = { readonly value: number | undefined; readonly color: string };

export type ThresholdScale = {
  readonly isPercent: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
};

const MAX_THRESHOLDS = 20;
const COLORS_OF_STATUS: Readonly<Record<string, RegExp>> = {
  ok: /green/i,
  warning: /yellow/i,
  major: /orange/i,
  critical: /red/i,
};

/** Thresholds as values with a status; colours that say no status, and percentages of an unknown range, are noted. */
export function convertThresholds(
  steps: readonly ColorStep[],
  { isPercent, min, max }: ThresholdScale,
  notes: NoteTaker,
): Threshold[] {
  const what = 'thresholds';
  const low = min ?? 0;
  const high = max ?? 100;
  if (isPercent && steps.length > 1) {
    const isKnown = min !== undefined && max !== undefined;
    const how = `percentages become values of the range ${low} to ${high}`;
    if (isKnown) notes.kept(what, how);
    else notes.approximated(what, `${how}, which the panel does not say`);
  }
  const valueOf = (value: number): number => (isPercent ? low + (value / 100) * (high - low) : value);
  const found = steps.flatMap(({ value, color }): Threshold[] => {
    const status = statusOfColor(color);
    if (value !== undefined) return [{ value: valueOf(value), status }];
    if (status === 'ok') return [];
    notes.approximated(what, `values below all steps are ${status} from ${low} on`);
    return [{ value: low, status }];
  });
  noteColors(steps, notes);
  if (found.length > MAX_THRESHOLDS) notes.approximated(what, `the first ${MAX_THRESHOLDS} of ${found.length}`);
  return found.slice(0, MAX_THRESHOLDS);
}

function noteColors(steps: readonly ColorStep[], notes: NoteTaker): void {
  const shown = steps.filter(({ value, color }) => {
    const plain = value === undefined && /^(transparent|text|blue|#?\w*green|rgba?\(0, *0, *0, *0\))$/i.test(color);
    return !plain && COLORS_OF_STATUS[statusOfColor(color)]?.test(color) !== true;
  });
  if (shown.length === 0 || steps.length < 2) return;
  const pairs = shown.map(({ color }) => `${color} is ${statusOfColor(color)}`);
  notes.kept('thresholds', `colours become statuses: ${[...new Set(pairs)].join(', ')}`);
}
