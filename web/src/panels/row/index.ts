import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** A heading that opens and closes the panels below it. */
export const row: PanelType = {
  id: 'row',
  title: 'Section',
  help: 'A heading that opens and closes the panels below it.',
  hasQueries: false,
  size: { w: 24, h: 1 },
  component: lazy(async () => ({ default: (await import('./row-panel.tsx')).RowPanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
