import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { Search } from '#web/app/search.ts';
import { soughtTexts } from '#web/features/logs/highlights.ts';
import { DEFAULT_COLUMNS } from '#web/features/logs/log-fields.ts';
import { LogTable } from '#web/features/logs/log-table.tsx';
import { readLogQuery } from '#web/features/logs/query-edits.ts';
import { useLogList } from '#web/features/logs/use-log-list.ts';
import { type LogView, queryInScope } from '#web/features/logs/use-log-view.ts';
import figure from '#web/panels/figure.module.css';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Panel, type PanelState } from '#web/ui/panel.tsx';
import styles from './logs-panel.module.css';
import { LogsOptions } from './options.ts';

/** The lines of a query in the dashboard's time, new ones as they come. */
export function LogsPanel({ panel, actions }: PanelProps) {
  const { query } = readOptions(LogsOptions, panel.options);
  const { matchers } = useScope();
  const navigate = useNavigate();
  const view = useMemo((): LogView => {
    const read = readLogQuery(query);
    const open = (change: Search): void =>
      void navigate({ to: '/logs', search: (search: Search) => ({ ...search, q: query, ...change }) });
    return {
      ...{
        text: query,
        read,
        asked: queryInScope(query, matchers),
        columns: DEFAULT_COLUMNS,
        order: 'newest',
        row: undefined,
      },
      setText: (q) => open({ q }),
      setColumns: (columns) => open({ columns: columns.join(',') }),
      setOrder: (order) => open({ order }),
      setRow: () => undefined,
    };
  }, [query, matchers, navigate]);
  const { list, state } = useLogList(view.asked, 'newest');
  const sought = useMemo(() => (view.read.query === undefined ? [] : soughtTexts(view.read.query.filter)), [view]);
  return (
    <Panel
      title={panel.title}
      note={query}
      flush
      className={figure.whole}
      menu={actions}
      state={stateOf(state, list.retry, query)}
    >
      <div className={styles.lines}>
        <LogTable key={view.asked} {...{ list, state, view, sought }} />
      </div>
    </Panel>
  );
}

type Lines = ReturnType<typeof useLogList>['state'];

function stateOf({ kind, rows, error }: Lines, retry: () => void, query: string): PanelState {
  if (kind === 'error') return { kind: 'error', error, retry, query };
  if (rows.length > 0) return { kind: 'ready' };
  return kind === 'loading' ? { kind: 'loading' } : { kind: 'empty', children: 'No line matches in this time' };
}
