import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { logQueryInScope } from '#core/log-query/in-scope.ts';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { Search } from '#web/app/search.ts';
import { soughtTexts } from '#web/features/logs/highlights.ts';
import { DEFAULT_COLUMNS } from '#web/features/logs/log-fields.ts';
import { LogTable } from '#web/features/logs/log-table.tsx';
import { readLogQuery } from '#web/features/logs/query-edits.ts';
import { useLogList } from '#web/features/logs/use-log-list.ts';
import type { LogView } from '#web/features/logs/use-log-view.ts';
import figure from '#web/panels/figure.module.css';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Panel, type PanelState } from '#web/ui/panel.tsx';
import styles from './logs-panel.module.css';
import { LogsOptions } from './options.ts';

/** The lines of a query in the dashboard's time, new ones as they come. What narrows them does so on the log page. */
export function LogsPanel({ panel, actions }: PanelProps) {
  const view = usePanelView(panel.options);
  const { list, state } = useLogList(view.asked, view.order);
  const sought = useMemo(() => (view.read.query === undefined ? [] : soughtTexts(view.read.query.filter)), [view]);
  return (
    <Panel
      title={panel.title}
      note={view.text}
      flush
      className={figure.whole}
      menu={
        <>
          <Link to="/logs" search={(search: Search) => ({ ...search, ...searchOf(view) })} className={styles.open}>
            Open in Logs
          </Link>
          {actions}
        </>
      }
      state={stateOf(state, list.retry, view)}
    >
      <div className={styles.lines}>
        <LogTable key={view.asked} {...{ list, state, view, sought }} />
      </div>
    </Panel>
  );
}

function usePanelView(options: Readonly<Record<string, unknown>>): LogView {
  const { query, columns, order } = readOptions(LogsOptions, options);
  const names = columns.join(',');
  const { matchers } = useScope();
  const navigate = useNavigate();
  return useMemo(() => {
    const shown = names === '' ? DEFAULT_COLUMNS : names.split(',');
    const open = (change: Partial<LogView>): void =>
      void navigate({ to: '/logs', search: (search: Search) => ({ ...search, ...searchOf({ ...view, ...change }) }) });
    const view: LogView = {
      ...{ text: query, read: readLogQuery(query), asked: logQueryInScope(query, matchers), columns: shown, order },
      row: undefined,
      part: 'lines',
      setText: (text) => open({ text }),
      showLines: (text) => open({ text }),
      setPart: () => undefined,
      setColumns: (next) => open({ columns: next }),
      setOrder: (next) => open({ order: next }),
      setRow: () => undefined,
    };
    return view;
  }, [query, names, order, matchers, navigate]);
}

function searchOf({ text, columns, order }: Pick<LogView, 'text' | 'columns' | 'order'>): Search {
  return {
    q: text || undefined,
    columns: columns === DEFAULT_COLUMNS ? undefined : columns.join(','),
    order: order === 'newest' ? undefined : order,
  };
}

type Lines = ReturnType<typeof useLogList>['state'];

function stateOf({ kind, rows, error }: Lines, retry: () => void, { text }: LogView): PanelState {
  if (kind === 'error') return { kind: 'error', error, retry, query: text };
  if (rows.length > 0) return { kind: 'ready' };
  return kind === 'loading' ? { kind: 'loading' } : { kind: 'empty', children: 'No line matches in this time' };
}
