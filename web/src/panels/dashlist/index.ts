import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Links to dashboards. */
export const dashlist: PanelType = {
  id: 'dashlist',
  title: 'Dashboard list',
  help: 'Links to dashboards.',
  hasQueries: false,
  size: { w: 6, h: 8 },
  component: lazy(async () => ({ default: (await import('./dashlist-panel.tsx')).DashListPanel })),
  optionsForm: lazy(async () => ({ default: (await import('./dashlist-options-form.tsx')).DashListOptionsForm })),
};
