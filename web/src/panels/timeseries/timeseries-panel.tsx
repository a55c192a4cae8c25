import { MetricChart } from '#web/charts/metric-chart.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { TimeSeriesOptions } from './options.ts';

/** A chart over time. */
export function TimeSeriesPanel({ panel, actions }: PanelProps) {
  const options = readOptions(TimeSeriesOptions, panel.options);
  return (
    <MetricChart
      title={panel.title}
      queries={panel.queries.filter(({ hidden }) => !hidden)}
      unit={panel.unit}
      min={panel.min}
      max={panel.max}
      decimals={panel.decimals}
      thresholds={panel.thresholds}
      stack={options.stack}
      fill={options.fill > 0 ? options.fill : undefined}
      style={options.style}
      legend={options.legend}
      height="fill"
      actions={actions}
      compareWith={panel.compareWith}
      timeShift={panel.timeShift}
      annotations={panel.annotations}
      display={panel}
      links={panel.links}
    />
  );
}
