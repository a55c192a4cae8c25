import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** A bar a series, between a least and a greatest value. */
export const bargauge: PanelType = {
  id: 'bargauge',
  title: 'Bar gauge',
  help: 'A bar a series, between a least and a greatest value.',
  hasQueries: true,
  size: { w: 8, h: 8 },
  component: lazy(async () => ({ default: (await import('./bargauge-panel.tsx')).BarGaugePanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/figure-options-form.tsx')).FigureOptionsForm })),
};
