import styles from '#web/panels/figure.module.css';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';

/** Says that there is nothing to show yet, and keeps what the panel asks for. */
export function AlertListPanel({ panel, actions }: PanelProps) {
  return (
    <Panel title={panel.title} className={styles.whole} menu={actions}>
      <EmptyState title="No alerts here yet">Alerts that fire appear here once rules can be set.</EmptyState>
    </Panel>
  );
}
