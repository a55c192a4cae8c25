import { type BaseUnit, baseUnitOf } from './base-unit.ts';
import { parseThresholdRange, type ThresholdRange } from './threshold-range.ts';

/** One item of perfdata, as it is written. */
export type PerfdataItem = {
  readonly label: string;
  /** Undefined: the plugin could not find it out (`U`). */
  readonly value: number | undefined;
  readonly unit: string;
  readonly warning?: ThresholdRange;
  readonly critical?: ThresholdRange;
  readonly min?: number;
  readonly max?: number;
};

/** An item in base units: seconds, bytes, a ratio and so on. */
export type BasePerfdataItem = Omit<PerfdataItem, 'unit'> & Omit<BaseUnit, 'factor'>;

/** `'a ''quoted'' label'=` or `label=`, then what stands up to the next blank. */
const ITEM = /\s*(?:'((?:[^']|'')*)'|([^\s'=][^\s=]*))=(\S*)|\s*\S+/g;
const VALUE = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)([^\d\s.,;:].*)?$/;

/**
 * Reads `'label'=value[unit];[warning];[critical];[min];[max]` items with blanks between them. What is no item is passed
 * over, and so is a number with a comma for its point: nobody can tell what it means.
 */
export function parsePerfdata(text: string): readonly PerfdataItem[] {
  return [...text.matchAll(ITEM)].flatMap(([, quoted, plain, data]) => {
    const label = quoted?.replaceAll("''", "'") ?? plain ?? '';
    return label === '' || data === undefined ? [] : (itemOf(label, data) ?? []);
  });
}

function itemOf(label: string, data: string): PerfdataItem | undefined {
  const [first = '', warning = '', critical = '', min = '', max = ''] = data.split(';');
  const [matched, number, unit = ''] = VALUE.exec(first) ?? [];
  if (matched === undefined && first !== 'U') return undefined;
  if (!Number.isFinite(Number(number ?? 0))) return undefined;
  const [warns, alerts] = [parseThresholdRange(warning), parseThresholdRange(critical)];
  const [least, most] = [bound(min), bound(max)];
  return {
    label,
    value: number === undefined ? undefined : Number(number),
    unit,
    ...(warns === undefined ? {} : { warning: warns }),
    ...(alerts === undefined ? {} : { critical: alerts }),
    ...(least === undefined ? {} : { min: least }),
    ...(most === undefined ? {} : { max: most }),
  };
}

/** An end of what is possible; some plugins write a unit behind it. */
function bound(text: string): number | undefined {
  const number = Number.parseFloat(text);
  return Number.isFinite(number) ? number : undefined;
}

/** An item in base units, its thresholds and ends with it. */
export function inBaseUnit({ unit, ...item }: PerfdataItem): BasePerfdataItem {
  const { factor, ...known } = baseUnitOf(unit);
  const scaled = (value: number): number => (factor === 1 ? value : scale(value, factor));
  const range = ({ low, high, alertsInside }: ThresholdRange): ThresholdRange => {
    return { low: scaled(low), high: scaled(high), alertsInside };
  };
  const { value, warning, critical, min, max } = item;
  return {
    ...{ ...item, ...known },
    value: value === undefined ? undefined : scaled(value),
    ...(warning === undefined ? {} : { warning: range(warning) }),
    ...(critical === undefined ? {} : { critical: range(critical) }),
    ...(min === undefined ? {} : { min: scaled(min) }),
    ...(max === undefined ? {} : { max: scaled(max) }),
  };
}

/** Divides by whole numbers where it can: 0.3 ms is 0.0003 s, not 0.00030000000000000003. */
function scale(value: number, factor: number): number {
  const inverse = Math.round(1 / factor);
  return factor < 1 && Math.abs(1 / factor - inverse) < 1e-6 * inverse ? value / inverse : value * factor;
}
