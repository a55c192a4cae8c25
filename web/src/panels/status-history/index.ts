import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** The status of each series in equal spans of time. */
export const statusHistory: PanelType = {
  id: 'status-history',
  title: 'Status history',
  help: 'The status of each series in equal spans of time.',
  hasQueries: true,
  size: { w: 12, h: 6 },
  component: lazy(async () => ({ default: (await import('./status-history-panel.tsx')).StatusHistoryPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
