import type { PanelProps } from '#web/panels/panel-type.ts';
import { Panel } from '#web/ui/panel.tsx';

/** The heading of a section while the dashboard is edited. */
export function RowPanel({ panel, actions }: PanelProps) {
  return <Panel title={panel.title || 'Section'} note="section" menu={actions} />;
}
