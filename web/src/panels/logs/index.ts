import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Log lines of a query. */
export const logs: PanelType = {
  id: 'logs',
  title: 'Logs',
  help: 'Log lines of a query.',
  hasQueries: false,
  size: { w: 24, h: 10 },
  component: lazy(async () => ({ default: (await import('./logs-panel.tsx')).LogsPanel })),
  optionsForm: lazy(async () => ({ default: (await import('./logs-options-form.tsx')).LogsOptionsForm })),
};
