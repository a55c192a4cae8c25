import type { ReactNode } from 'react';
import type { Panel as PanelModel } from '#core/api/dashboard.ts';
import { Panel } from '#web/ui/panel.tsx';
import styles from './dashboard.module.css';

export type UnknownPanelProps = { readonly panel: PanelModel; readonly actions?: ReactNode };

const IMPORTED = 'grafana:';

/**
 * Stands for a panel that cannot be drawn, of another version or imported: nothing of it is lost when the dashboard is
 * saved. Queries of an import say in their legend why they cannot be asked.
 */
export function UnknownPanel({ panel, actions }: UnknownPanelProps) {
  const isImported = panel.type.startsWith(IMPORTED);
  const type = isImported ? panel.type.slice(IMPORTED.length) : panel.type;
  return (
    <Panel title={panel.title || type} note="not drawn" menu={actions} className={styles.whole}>
      <p className={styles.quiet}>
        {isImported ? 'Imported from Grafana, where it was of the type ' : 'This version has no panel of the type '}
        <code>{type}</code>. It is kept as it is.
      </p>
      {panel.queries.map(({ text, legend }, index) => (
        <div key={index}>
          {isImported && <p className={styles.quiet}>{legend}</p>}
          <pre className={styles.query}>{text}</pre>
        </div>
      ))}
    </Panel>
  );
}
