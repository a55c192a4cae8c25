import type { Panel } from '#core/api/dashboard.ts';
import type { Colour, Threshold, ValueMapping } from '#core/api/panel-display.ts';
import { mapValue } from '#core/panel-data/value-mapping.ts';
import type { ChartSeries } from '#web/charts/chart-data.ts';
import { lineFormat } from '#web/charts/line-format.ts';
import { type FormattedValue, formatParts } from '#web/format/value.ts';
import { statusOf } from './figure.ts';

/** What of a panel says how a value is shown. */
export type ValueRules = Pick<Panel, 'decimals' | 'mappings' | 'thresholds'> & { readonly unit: string };

/** A value as it is shown: its text, and its status or own colour. */
export type ShownValue = FormattedValue & {
  readonly status: Threshold['status'] | undefined;
  readonly colour: Colour | undefined;
};

const STATUSES: ReadonlySet<string> = new Set(['ok', 'warning', 'major', 'critical']);
const NO_MAPPINGS: readonly ValueMapping[] = [];

/** A value by the panel's mappings, its line's own unit and the panel's limits, in this order. */
export function shownValue(value: number | string, line: ChartSeries | undefined, rules: ValueRules): ShownValue {
  const mappings = line?.look?.mappings ?? rules.mappings ?? NO_MAPPINGS;
  const thresholds = line?.look?.thresholds ?? rules.thresholds;
  const mapped = mapValue(value, mappings);
  const { unit, decimals } = lineFormat(line, rules);
  const said = mapped === undefined || mapped.text === '' ? undefined : { text: mapped.text, suffix: '' };
  const plain = typeof value === 'string' ? { text: value, suffix: '' } : formatParts(value, unit, decimals);
  const limited = typeof value === 'string' ? undefined : statusOf(value, thresholds);
  const colour = mapped?.colour ?? (limited === undefined ? line?.look?.colour : undefined);
  const hasStatus = colour !== undefined && STATUSES.has(colour);
  return {
    ...(said ?? plain),
    status: hasStatus ? (colour as Threshold['status']) : colour === undefined ? limited : undefined,
    colour: hasStatus ? undefined : colour,
  };
}
