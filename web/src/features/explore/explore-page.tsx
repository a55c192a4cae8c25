import { IconLayoutDashboard } from '@tabler/icons-react';
import { useState } from 'react';
import { printMetricQuery } from '#core/metric-query/print.ts';
import type { MetricQuery } from '#core/metric-query/query.ts';
import { isMetricQuery } from '#web/charts/chart-query.ts';
import type { ExploreQuery } from '#web/charts/explore-search.ts';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { parseQueries } from '#web/charts/parse-queries.ts';
import { Button } from '#web/ui/button.tsx';
import { AddToDashboard } from './add-to-dashboard.tsx';
import { metricQuery, pathQuery } from './browsed-query.ts';
import { CompareChoice } from './compare-choice.tsx';
import styles from './explore.module.css';
import { MetricBrowser } from './metric-browser.tsx';
import { QueryBuilder } from './query-builder.tsx';
import { metricOf } from './query-edits.ts';
import { AddQuery, QueryLine } from './query-line.tsx';
import { useQueries } from './use-queries.ts';

const CHART_HEIGHT = 340;

/** Metrics without a question: a list to click, the query it makes in any language, and its chart. */
export function ExplorePage() {
  const { queries, active, set, compareWith, setCompareWith } = useQueries();
  const [isAdding, setAdding] = useState(false);
  const current = queries[active];
  const language = current?.language ?? 'metrics';
  const query = metricQueryOf(current);
  const write = (next: ExploreQuery, options: { replace?: boolean; at?: number } = {}): void => {
    const at = options.at ?? active;
    set(
      queries.map((each, index) => (index === at ? next : each)),
      { active: at, replace: options.replace ?? false },
    );
  };
  const title = titleOf(queries, query);
  const drawn = queries.filter(({ hidden }) => hidden !== true);
  return (
    <div className={styles.page}>
      <MetricBrowser
        metric={query === undefined ? '' : metricOf(query)}
        onMetric={(metric) => write(metricQuery(language, metric, query))}
        onPath={(path) => write(pathQuery(language, path))}
      />
      <div className={styles.main}>
        <h1 className="visually-hidden">Explore metrics</h1>
        <section className={styles.queries} aria-label="Queries">
          {queries.map((each, index) => (
            <QueryLine
              key={index}
              letter={String.fromCharCode(65 + index)}
              query={each}
              isActive={index === active}
              canRemove={queries.length > 1}
              onActivate={() => index !== active && set(queries, { active: index, replace: true })}
              onChange={(next, done) => write(next, { replace: !done, at: index })}
              onRemove={() =>
                set(
                  queries.filter((_, at) => at !== index),
                  { active: 0 },
                )
              }
            />
          ))}
          {query !== undefined && (
            <QueryBuilder
              query={query}
              onChange={(next) => write({ ...current, language: 'metrics', text: printMetricQuery(next) })}
            />
          )}
          <div className={styles.tools}>
            <AddQuery onAdd={() => set([...queries, copyOf(current)], { active: queries.length })} />
            <Button look="quiet" onClick={() => setAdding(true)}>
              <IconLayoutDashboard size={15} /> Add to dashboard
            </Button>
            <CompareChoice value={compareWith} onChange={setCompareWith} />
          </div>
        </section>
        <MetricChart
          title={title}
          queries={drawn}
          legend="table"
          height={CHART_HEIGHT}
          compareWith={compareWith}
          explain
        />
      </div>
      {isAdding && <AddToDashboard title={title} queries={queries} onClose={() => setAdding(false)} />}
    </div>
  );
}

/** The query as the builder reads it; undefined for other languages. */
function metricQueryOf(query: ExploreQuery | undefined): MetricQuery | undefined {
  if (query === undefined || query.language !== 'metrics') return undefined;
  const [read] = parseQueries([query]).queries;
  return read !== undefined && isMetricQuery(read) ? read.query : undefined;
}

function titleOf(queries: readonly ExploreQuery[], query: MetricQuery | undefined): string {
  const name = queries.length === 1 && query !== undefined ? metricOf(query) : '';
  return name === '' ? 'Results' : name;
}

const copyOf = (query: ExploreQuery | undefined): ExploreQuery => ({
  language: query?.language ?? 'metrics',
  text: query?.text ?? '',
});
