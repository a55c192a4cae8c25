import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Each series a row, its values as colour over time; buckets of a histogram in order. */
export const heatmap: PanelType = {
  id: 'heatmap',
  title: 'Heatmap',
  help: 'Each series a row, its values as colour over time; buckets of a histogram in order.',
  hasQueries: true,
  size: { w: 12, h: 8 },
  component: lazy(async () => ({ default: (await import('./heatmap-panel.tsx')).HeatmapPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
