import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Search } from '#web/app/search.ts';
import { Tabs } from '#web/ui/tabs.tsx';
import { AccessTab } from './access-tab.tsx';
import { SelfTab } from './self-tab.tsx';
import { SendTab } from './send-tab.tsx';
import styles from './settings-page.module.css';
import { StorageTab } from './storage-tab.tsx';

const CollectorsTab = lazy(() =>
  import('#web/features/collectors/collectors-tab.tsx').then((module) => ({ default: module.CollectorsTab })),
);
const SqlQueriesTab = lazy(() =>
  import('#web/features/sql-poller/sql-queries-tab.tsx').then((module) => ({ default: module.SqlQueriesTab })),
);
const SourcesTab = lazy(() => import('./sources-tab.tsx').then((module) => ({ default: module.SourcesTab })));
const SecretsTab = lazy(() =>
  import('#web/features/secrets/secrets-tab.tsx').then((module) => ({ default: module.SecretsTab })),
);
const MappingTab = lazy(() =>
  import('#web/features/mapping/mapping-tab.tsx').then((module) => ({ default: module.MappingTab })),
);
const ParsingTab = lazy(() =>
  import('#web/features/log-rules/parsing-tab.tsx').then((module) => ({ default: module.ParsingTab })),
);
const LogMetricsTab = lazy(() =>
  import('#web/features/log-metrics/log-metrics-tab.tsx').then((module) => ({ default: module.LogMetricsTab })),
);
const CardinalityTab = lazy(() =>
  import('#web/features/cardinality/cardinality-tab.tsx').then((module) => ({ default: module.CardinalityTab })),
);

const TABS = [
  { id: 'collectors', label: 'Collectors', Content: CollectorsTab },
  { id: 'sql-queries', label: 'SQL queries', Content: SqlQueriesTab },
  { id: 'sources', label: 'Log files', Content: SourcesTab },
  { id: 'storage', label: 'Storage', Content: StorageTab },
  { id: 'self', label: 'Self', Content: SelfTab },
  { id: 'parsing', label: 'Parsing', Content: ParsingTab },
  { id: 'log-metrics', label: 'Metrics from logs', Content: LogMetricsTab },
  { id: 'mapping', label: 'Mapping', Content: MappingTab },
  { id: 'cardinality', label: 'Cardinality', Content: CardinalityTab },
  { id: 'secrets', label: 'Secrets', Content: SecretsTab },
  { id: 'access', label: 'Users & tokens', Content: AccessTab },
  { id: 'send', label: 'Send data', Content: SendTab },
] as const;

/** How the product is set up and how it does. The open tab is in the URL. */
export function SettingsPage() {
  const tab = useSearch({ strict: false, select: ({ tab }) => tab });
  const navigate = useNavigate();
  const { id, Content } = TABS.find((known) => known.id === tab) ?? TABS[0];
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Settings</h1>
      <Tabs
        label="Settings"
        tabs={TABS}
        active={id}
        onChange={(next) => void navigate({ to: '.', search: (search: Search) => ({ ...search, tab: next }) })}
      >
        <Suspense fallback={<output>Loading …</output>}>
          <Content />
        </Suspense>
      </Tabs>
    </div>
  );
}
