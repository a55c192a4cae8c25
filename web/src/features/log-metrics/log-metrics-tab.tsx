import { useNavigate, useSearch } from '@tanstack/react-router';
import type { LogMetricRule } from '#core/log-metrics/rule.ts';
import type { Search } from '#web/app/search.ts';
import styles from './log-metrics.module.css';
import { draftOf, type MetricDraft, newDraft } from './metric-draft.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RuleList } from './rule-list.tsx';
import { useLogMetrics } from './use-log-metrics.ts';

const NEW = 'new';

/** Rules that make series of log lines. Which one is edited stands in the URL: `edit` is `new` or a metric. */
export function LogMetricsTab() {
  const edit = useSearch({ strict: false, select: (search) => search['edit'] });
  const copy = useSearch({ strict: false, select: (search) => search['copy'] });
  const query = useSearch({ strict: false, select: (search) => search['q'] }) ?? '';
  const navigate = useNavigate();
  const metrics = useLogMetrics();
  const { stored, rows, save } = metrics;
  const go = (change: { readonly edit?: string; readonly copy?: string }): void => {
    save.reset();
    const none = { edit: undefined, copy: undefined, q: undefined };
    void navigate({ to: '.', search: (search: Search) => ({ ...search, ...none, ...change }) });
  };
  const find = (metric: string | undefined): LogMetricRule | undefined =>
    rows.find(({ rule }) => rule.metric === metric)?.rule;
  const edited = edit === NEW ? undefined : find(edit);
  const store = (rules: LogMetricRule[]): void =>
    save.mutate({ rules, builtInOff: stored.data?.builtInOff ?? [] }, { onSuccess: () => go({}) });
  const others = (stored.data?.rules ?? []).filter(({ metric }) => metric !== edited?.metric);
  if (stored.data === undefined || (edit !== NEW && edited === undefined)) {
    return (
      <div className={styles.page}>
        <RuleList
          metrics={metrics}
          onEdit={(metric) => go({ edit: metric })}
          onCopy={({ rule }) => go({ edit: NEW, copy: rule.metric })}
          onNew={() => go({ edit: NEW })}
        />
      </div>
    );
  }
  return (
    <RuleEditor
      key={`${edit} ${copy} ${query}`}
      title={edited === undefined ? 'New metric' : edited.metric}
      initial={edited === undefined ? firstDraft(find(copy), query) : draftOf(edited)}
      error={save.error}
      isPending={save.isPending}
      onSave={(rule) => store([...others, rule])}
      onRemove={edited === undefined ? undefined : () => store(others)}
      onClose={() => go({})}
    />
  );
}

function firstDraft(copied: LogMetricRule | undefined, query: string): MetricDraft {
  return copied === undefined ? newDraft(query) : { ...draftOf(copied), metric: `${copied.metric}_copy` };
}
