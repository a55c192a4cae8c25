import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** How often values of each size occur. */
export const histogram: PanelType = {
  id: 'histogram',
  title: 'Histogram',
  help: 'How often values of each size occur.',
  hasQueries: true,
  size: { w: 12, h: 8 },
  component: lazy(async () => ({ default: (await import('./histogram-panel.tsx')).HistogramPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
