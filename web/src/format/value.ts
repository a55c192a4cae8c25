import { type UnitScale, unitScale } from './units.ts';

/** What stands where there is no value. */
export const NO_VALUE = '–';
const TIGHT = new Set(['', 'k', 'M', 'G', 'T', '/s', 'k/s', 'M/s', 'G/s', '/min', 'k/min', 'M/min', 'G/min', '°C']);

/** A number in two parts, so that the unit can be set smaller. */
export type FormattedValue = { readonly text: string; readonly suffix: string };

/** Formats a value of a base unit with three significant digits, or with fixed decimals. */
export function formatParts(value: number | null | undefined, unit: string, decimals?: number): FormattedValue {
  if (value === null || value === undefined || Number.isNaN(value)) return { text: NO_VALUE, suffix: '' };
  if (!Number.isFinite(value)) return { text: value > 0 ? '∞' : '-∞', suffix: '' };
  return inScale(value, unitScale(unit, roundedMagnitude(value, unit)), decimals);
}

/** {@link formatParts} as one text: `1.2 GiB`, `38.4 %`, `184k`. */
export function formatValue(value: number | null | undefined, unit: string, decimals?: number): string {
  return joinParts(formatParts(value, unit, decimals));
}

/** Labels of an axis: one multiple for all ticks, and just enough decimals to tell them apart. */
export function axisLabels(ticks: readonly number[], unit: string): string[] {
  const largest = ticks.reduce((max, tick) => Math.max(max, Math.abs(tick)), 0);
  const scale = unitScale(unit, largest);
  const step = ticks.length > 1 ? Math.abs((ticks[1] as number) - (ticks[0] as number)) / scale.divisor : 1;
  const decimals = decimalsOf(step);
  return ticks.map((tick) => (tick === 0 ? '0' : joinParts(inScale(tick, scale, decimals))));
}

/** Decimals with which a step is written exactly, or nearly so where it is no round one. */
function decimalsOf(step: number): number {
  const least = step >= 1 ? 0 : Math.min(9, Math.ceil(-Math.log10(step) - 1e-9));
  const exact = [least, least + 1, least + 2].find((decimals) => Number.isInteger(round(step * 10 ** decimals)));
  return exact ?? least;
}

function inScale(value: number, scale: UnitScale, decimals: number | undefined): FormattedValue {
  const scaled = value / scale.divisor;
  return { text: scaled.toFixed(decimals ?? digitsFor(scaled)).replace(/^-(0(\.0+)?)$/, '$1'), suffix: scale.suffix };
}

/** Both parts as one text. */
export function joinParts({ text, suffix }: FormattedValue): string {
  return TIGHT.has(suffix) ? text + suffix : `${text} ${suffix}`;
}

/** Three significant digits; whole numbers stay whole. */
function digitsFor(scaled: number): number {
  const size = Math.abs(scaled);
  if (size >= 100 || Number.isInteger(scaled)) return 0;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  return size >= 0.1 ? 2 : size >= 0.001 ? 3 : size === 0 ? 0 : 4;
}

/** 1023.9 KiB must read 1.00 MiB, 999.7 must read 1k: the multiple is chosen after rounding. */
function roundedMagnitude(value: number, unit: string): number {
  const { divisor } = unitScale(unit, value);
  return Number((value / divisor).toPrecision(4)) * divisor;
}

const round = (value: number): number => Number(value.toPrecision(12));
