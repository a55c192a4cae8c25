import { lazy } from 'react';
import type { PanelType } from '#web/panels/panel-type.ts';

/** When each series was in which state. */
export const stateTimeline: PanelType = {
  id: 'state-timeline',
  title: 'State timeline',
  help: 'When each series was in which state.',
  hasQueries: true,
  size: { w: 12, h: 6 },
  component: lazy(async () => ({ default: (await import('./state-timeline-panel.tsx')).StateTimelinePanel })),
  optionsForm: lazy(async () => ({ default: (await import('#web/panels/no-options-form.tsx')).NoOptionsForm })),
};
