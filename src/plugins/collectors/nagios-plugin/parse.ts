import type { CollectedValue } from '#core/plugin/collector.ts';
import { type BasePerfdataItem, inBaseUnit, parsePerfdata } from '#parsing/perfdata/perfdata.ts';
import { splitPluginOutput } from '#parsing/perfdata/plugin-output.ts';
import type { ThresholdRange } from '#parsing/perfdata/threshold-range.ts';
import { metricOf } from './metrics.ts';

/** The series of what a plugin printed; they need no label `check`. Of items with one label the last counts. */
export function perfdataValues(output: string): readonly CollectedValue[] {
  const items = parsePerfdata(splitPluginOutput(output).perfdata).map(inBaseUnit);
  return [...new Map(items.map((item) => [item.label, item])).values()].flatMap(itemValues);
}

function itemValues({ label, value, unit, isCounter, ...ends }: BasePerfdataItem): CollectedValue[] {
  const metric = isCounter ? 'nagios_perfdata_total' : metricOf('perfdata', unit);
  const threshold = metricOf('threshold', unit);
  const limits = [
    ['min', ends.min],
    ['max', ends.max],
  ] as const;
  return [
    ...(value === undefined ? [] : [{ metric, labels: { label }, value }]),
    ...boundValues(threshold, { label, level: 'warning' }, ends.warning),
    ...boundValues(threshold, { label, level: 'critical' }, ends.critical),
    ...limits.flatMap(([bound, end]) =>
      end === undefined ? [] : [{ metric: metricOf('limit', unit), labels: { label, bound }, value: end }],
    ),
  ];
}

/** The ends of a range that are somewhere; 0 as the lower one is what is meant by leaving it out. */
function boundValues(metric: string, labels: Readonly<Record<string, string>>, range: ThresholdRange | undefined) {
  if (range === undefined) return [];
  const ends = [
    ['low', range.low],
    ['high', range.high],
  ] as const;
  return ends
    .filter(([bound, end]) => Number.isFinite(end) && !(bound === 'low' && end === 0))
    .map(([bound, value]) => ({ metric, labels: { ...labels, bound }, value }));
}

/** For the golden cases. */
export const parsers = { output: perfdataValues };
