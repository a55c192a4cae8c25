import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Shares of a whole. */
export const piechart: PanelType = {
  id: 'piechart',
  title: 'Pie chart',
  help: 'Shares of a whole.',
  hasQueries: true,
  size: { w: 8, h: 8 },
  component: lazy(async () => ({ default: (await import('./piechart-panel.tsx')).PieChartPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/figure-options-form.tsx')).FigureOptionsForm })),
};
