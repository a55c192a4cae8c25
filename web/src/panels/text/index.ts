import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** Words, links and lists in Markdown. */
export const text: PanelType = {
  id: 'text',
  title: 'Text',
  help: 'Words, links and lists in Markdown.',
  hasQueries: false,
  size: { w: 8, h: 4 },
  component: lazy(async () => ({ default: (await import('./text-panel.tsx')).TextPanel })),
  optionsForm: lazy(async () => ({ default: (await import('./text-options-form.tsx')).TextOptionsForm })),
};
