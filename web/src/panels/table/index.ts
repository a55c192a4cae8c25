import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** A row a series: newest value and statistics. */
export const table: PanelType = {
  id: 'table',
  title: 'Table',
  help: 'A row a series: newest value and statistics.',
  hasQueries: true,
  showsRows: true,
  size: { w: 12, h: 8 },
  component: lazy(async () => ({ default: (await import('./table-panel.tsx')).TablePanel })),
  optionsForm: lazy(async () => ({ default: (await import('./table-options-form.tsx')).TableOptionsForm })),
};
