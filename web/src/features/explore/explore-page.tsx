import { IconLayoutDashboard } from '@tabler/icons-react';
import { useState } from 'react';
import { printMetricQuery } from '#core/metric-query/print.ts';
import type { MetricQuery } from '#core/metric-query/query.ts';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { parseQueries } from '#web/charts/parse-queries.ts';
import { Button } from '#web/ui/button.tsx';
import { AddToDashboard } from './add-to-dashboard.tsx';
import styles from './explore.module.css';
import { MetricBrowser } from './metric-browser.tsx';
import { QueryBuilder } from './query-builder.tsx';
import { forMetric, forPath, metricOf } from './query-edits.ts';
import { AddQuery, QueryLine } from './query-line.tsx';
import { useQueries } from './use-queries.ts';

const CHART_HEIGHT = 340;

/** Metrics without a question: a list to click, the query it makes, and its chart. */
export function ExplorePage() {
  const { texts, active, set } = useQueries();
  const [isAdding, setAdding] = useState(false);
  const query = parseQueries([{ text: texts[active] ?? '' }]).queries[0]?.query;
  const write = (text: string, options: { replace?: boolean; at?: number } = {}): void => {
    const at = options.at ?? active;
    set(
      texts.map((each, index) => (index === at ? text : each)),
      { active: at, replace: options.replace ?? false },
    );
  };
  const build = (next: MetricQuery): void => write(printMetricQuery(next));
  const title = texts.length === 1 && query !== undefined && metricOf(query) !== '' ? metricOf(query) : 'Metrics';
  return (
    <div className={styles.page}>
      <MetricBrowser
        metric={query === undefined ? '' : metricOf(query)}
        onMetric={({ name, kind }) => build(forMetric(query, name, kind === 'counter' || name.endsWith('_total')))}
        onPath={(path) => build(forPath(path))}
      />
      <div className={styles.main}>
        <h1 className="visually-hidden">Explore metrics</h1>
        <section className={styles.queries} aria-label="Queries">
          {texts.map((text, index) => (
            <QueryLine
              key={index}
              letter={String.fromCharCode(65 + index)}
              text={text}
              isActive={index === active}
              canRemove={texts.length > 1}
              onActivate={() => index !== active && set(texts, { active: index, replace: true })}
              onChange={(next, done) => write(next, { replace: !done, at: index })}
              onRemove={() =>
                set(
                  texts.filter((_, at) => at !== index),
                  { active: 0 },
                )
              }
            />
          ))}
          {query !== undefined && <QueryBuilder query={query} onChange={build} />}
          <div className={styles.tools}>
            <AddQuery onAdd={() => set([...texts, texts[active] ?? ''], { active: texts.length })} />
            <Button look="quiet" onClick={() => setAdding(true)}>
              <IconLayoutDashboard size={15} /> Add to dashboard
            </Button>
          </div>
        </section>
        <MetricChart
          title={title}
          queries={texts.map((text) => ({ text }))}
          legend="table"
          height={CHART_HEIGHT}
          explain
        />
      </div>
      {isAdding && <AddToDashboard title={title} texts={texts} onClose={() => setAdding(false)} />}
    </div>
  );
}
