import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** A column a series, side by side. */
export const barchart: PanelType = {
  id: 'barchart',
  title: 'Bar chart',
  help: 'A column a series, side by side.',
  hasQueries: true,
  size: { w: 12, h: 8 },
  component: lazy(async () => ({ default: (await import('./barchart-panel.tsx')).BarChartPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/figure-options-form.tsx')).FigureOptionsForm })),
};
