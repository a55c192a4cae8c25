import type { ReactNode } from 'react';
import type { Panel as PanelModel } from '#core/api/dashboard.ts';
import { Panel } from '#web/ui/panel.tsx';
import styles from './dashboard.module.css';

/** Stands for a panel of a type that this version does not have: nothing of it is lost when the dashboard is saved. */
export function UnknownPanel({ panel, actions }: { readonly panel: PanelModel; readonly actions?: ReactNode }) {
  return (
    <Panel title={panel.title || panel.type} note="not drawn" menu={actions} className={styles.whole}>
      <p className={styles.quiet}>
        This version has no panel of the type <code>{panel.type}</code>. It is kept as it is.
      </p>
      {panel.queries.map(({ text }, index) => (
        <pre key={index} className={styles.query}>
          {text}
        </pre>
      ))}
    </Panel>
  );
}
