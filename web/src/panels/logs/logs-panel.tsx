import styles from '#web/panels/figure.module.css';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';

/** Says that there is nothing to show yet, and keeps what the panel asks for. */
export function LogsPanel({ panel, actions }: PanelProps) {
  return (
    <Panel title={panel.title} className={styles.whole} menu={actions}>
      <EmptyState title="No log lines here yet">
        Logs cannot be searched from a dashboard yet; the query is kept.
      </EmptyState>
    </Panel>
  );
}
