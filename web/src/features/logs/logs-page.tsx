import { lazy, Suspense } from 'react';
import { ExportButton } from './export-button.tsx';
import { LinesPanel } from './lines-panel.tsx';
import styles from './logs.module.css';
import { MetricLink } from './metric-link.tsx';
import { PipeAnswer } from './pipe-answer.tsx';
import { QueryBar } from './query-bar.tsx';
import { SavedMenu } from './saved-menu.tsx';
import { type LogView, useLogView } from './use-log-view.ts';

const PatternsPanel = lazy(async () => ({
  default: (await import('./patterns/patterns-panel.tsx')).PatternsPanel,
}));

/** Logs: a query, when its lines came, what fields they have, and the lines themselves as they come. */
export function LogsPage() {
  const view = useLogView();
  const hasPipes = (view.read.query?.pipes.length ?? 0) > 0;
  return (
    <div className={styles.page} data-kind={hasPipes ? 'answer' : 'lines'}>
      <h1 className="visually-hidden">Logs</h1>
      <QueryBar view={view}>
        <SavedMenu view={view} />
        <MetricLink view={view} />
        <ExportButton view={view} />
      </QueryBar>
      {hasPipes ? <PipeAnswer query={view.asked} /> : <Found view={view} />}
    </div>
  );
}

function Found({ view }: { readonly view: LogView }) {
  if (view.part === 'lines') return <LinesPanel view={view} />;
  return (
    <Suspense fallback={<output className={styles.loading} aria-label="Loading" />}>
      <PatternsPanel view={view} />
    </Suspense>
  );
}
