import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Lines, areas, stacks, bars or points over time. */
export const timeseries: PanelType = {
  id: 'timeseries',
  title: 'Time series',
  help: 'Lines, areas, stacks, bars or points over time.',
  hasQueries: true,
  size: { w: 12, h: 8 },
  component: lazy(async () => ({ default: (await import('./timeseries-panel.tsx')).TimeSeriesPanel })),
  optionsForm: lazy(async () => ({ default: (await import('./timeseries-options-form.tsx')).TimeSeriesOptionsForm })),
};
