import { Panel } from '#core/api/dashboard.ts';

/** A panel to start from: a chart with an example that works on every installation. */
export function newPanel(id: string): Panel {
  return Panel.parse({
    id,
    type: 'timeseries',
    title: 'CPU by mode',
    place: { x: 0, y: 0, w: 12, h: 8 },
    queries: [{ text: 'sum by (cpu_mode) (rate(system_cpu_time_seconds_total))', legend: '{{cpu_mode}}' }],
  });
}
