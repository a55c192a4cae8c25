import { memo, type ReactNode, Suspense } from 'react';
import type { Panel as PanelModel } from '#core/api/dashboard.ts';
import { findPanelType } from '#web/panels/index.ts';
import { Panel } from '#web/ui/panel.tsx';
import styles from './dashboard.module.css';
import { UnknownPanel } from './unknown-panel.tsx';

export type PanelViewProps = { readonly panel: PanelModel; readonly actions?: ReactNode };

/** One panel by its type; its code is loaded when it is first needed. */
export const PanelView = memo(function PanelView({ panel, actions }: PanelViewProps) {
  const type = findPanelType(panel.type);
  if (type === undefined) return <UnknownPanel panel={panel} actions={actions} />;
  const Component = type.component;
  return (
    <Suspense fallback={<Panel title={panel.title} state={{ kind: 'loading' }} className={styles.whole} />}>
      <Component panel={panel} actions={actions} />
    </Suspense>
  );
});
