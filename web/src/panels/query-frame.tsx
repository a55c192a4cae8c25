import type { ReactNode } from 'react';
import { PanelLinks } from '#web/charts/panel-links.tsx';
import { SampleAge } from '#web/charts/sample-age.tsx';
import type { QueryPanel } from '#web/charts/use-query-panel.ts';
import { Panel } from '#web/ui/panel.tsx';
import styles from './figure.module.css';
import type { PanelProps } from './panel-type.ts';

export type QueryFrameProps = PanelProps &
  Pick<QueryPanel, 'answer' | 'status'> & { readonly footer?: ReactNode; readonly children: ReactNode };

/** The frame of a panel with queries: its links, its menu, and how old its data are. */
export function QueryFrame({ panel, actions, answer, status, footer, children }: QueryFrameProps) {
  const { source, live, polled } = answer;
  return (
    <Panel
      title={panel.title}
      flush
      className={styles.whole}
      menu={
        <>
          <PanelLinks title={panel.title} links={panel.links} source={source} />
          {actions}
        </>
      }
      note={(live || polled) && <SampleAge source={source} status={status} />}
      footer={footer}
    >
      {children}
    </Panel>
  );
}
