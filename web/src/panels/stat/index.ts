import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** The newest value, large, with a small line behind it. */
export const stat: PanelType = {
  id: 'stat',
  title: 'Stat',
  help: 'The newest value, large, with a small line behind it.',
  hasQueries: true,
  size: { w: 6, h: 4 },
  component: lazy(async () => ({ default: (await import('./stat-panel.tsx')).StatPanel })),
  optionsForm: lazy(async () => ({ default: (await import('./stat-options-form.tsx')).StatOptionsForm })),
};
