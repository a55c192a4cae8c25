import { useDeferredValue, useState } from 'react';
import type { MetricSummary } from '#core/api/query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import styles from './explore.module.css';
import { PathTree } from './path-tree.tsx';
import { useMetrics } from './use-discovery.ts';

export type MetricBrowserProps = {
  readonly metric: string;
  readonly onMetric: (metric: MetricSummary) => void;
  readonly onPath: (path: string) => void;
};

const TABS = [
  { id: 'metrics', label: 'Metrics' },
  { id: 'paths', label: 'Graphite paths' },
] as const;

/** Everything that is measured, to be clicked: by name, or as the tree of Graphite paths. */
export function MetricBrowser({ metric, onMetric, onPath }: MetricBrowserProps) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('metrics');
  return (
    <section className={styles.browser} aria-label="Metrics">
      <Tabs label="Browse by" tabs={TABS} active={tab} onChange={setTab}>
        {tab === 'metrics' ? <MetricList metric={metric} onMetric={onMetric} /> : <PathTree onPath={onPath} />}
      </Tabs>
    </section>
  );
}

function MetricList({ metric, onMetric }: Pick<MetricBrowserProps, 'metric' | 'onMetric'>) {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const { data, error, refetch } = useMetrics(search);
  return (
    <>
      <Field
        label={<span className="visually-hidden">Find a metric</span>}
        type="search"
        placeholder="Find a metric"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {error !== null && data === undefined && <ErrorCard error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <EmptyState title={search === '' ? 'No metrics yet' : 'No metric has this in its name'} />}
      <ul className={styles.list}>
        {data?.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              className={styles.entry}
              aria-current={each.name === metric ? 'true' : undefined}
              title={each.name}
              onClick={() => onMetric(each)}
            >
              <span className={styles.entryName}>{each.name}</span>
              <span className={styles.count}>{each.series}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
