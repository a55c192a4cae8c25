import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Alerts that fire. */
export const alertlist: PanelType = {
  id: 'alertlist',
  title: 'Alert list',
  help: 'Alerts that fire.',
  hasQueries: false,
  size: { w: 8, h: 8 },
  component: lazy(async () => ({ default: (await import('./alertlist-panel.tsx')).AlertListPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
