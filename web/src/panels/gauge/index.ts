import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** A value between a least and a greatest one. */
export const gauge: PanelType = {
  id: 'gauge',
  title: 'Gauge',
  help: 'A value between a least and a greatest one.',
  hasQueries: true,
  size: { w: 6, h: 5 },
  component: lazy(async () => ({ default: (await import('./gauge-panel.tsx')).GaugePanel })),
  optionsForm: lazy(async () => ({ default: (await import('./gauge-options-form.tsx')).GaugeOptionsForm })),
};
