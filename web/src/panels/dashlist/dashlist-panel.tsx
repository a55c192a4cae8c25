import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '#web/data/data-context.ts';
import styles from '#web/panels/figure.module.css';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { allDashboards } from './all-dashboards.ts';
import { chosenDashboards } from './chosen-dashboards.ts';
import { DashListOptions } from './options.ts';

/** Links to dashboards, of some tags or all. */
export function DashListPanel({ panel, actions }: PanelProps) {
  const list = useQuery(allDashboards(useApi()));
  const shown = chosenDashboards(list.data ?? [], readOptions(DashListOptions, panel.options));
  const state = queryState(list, () =>
    shown.length > 0 ? undefined : <EmptyState title="No dashboard has these tags and words" />,
  );
  return (
    <Panel title={panel.title} className={styles.whole} menu={actions} state={state}>
      <ul className={styles.links}>
        {shown.map(({ id, dashboard }) => (
          <li key={id}>
            <Link to="/dashboards/$id" params={{ id }}>
              {dashboard.title}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
