import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import type { Dashboard, StoredDashboard, Variable } from '#core/api/dashboard.ts';
import type { Search } from '#web/app/search.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './dashboard.module.css';
import { DashboardGrid } from './dashboard-grid.tsx';
import { DashboardLinks } from './dashboard-links.tsx';
import { DashboardTools } from './dashboard-tools.tsx';
import { useDashboard } from './use-dashboards.ts';
import { useOwnTime } from './use-own-time.ts';
import { useVariableValues } from './use-variable-values.ts';
import { waitsForVariables } from './variables.ts';
import { VariablesBar } from './variables-bar.tsx';

const DashboardEditor = lazy(async () => ({ default: (await import('./dashboard-editor.tsx')).DashboardEditor }));

/** One dashboard: view, or edit with `edit=1` in the URL. */
export function DashboardPage() {
  const { id = '' } = useParams({ strict: false });
  const { edit } = useSearch({ strict: false }) as { readonly edit?: string };
  const answer = useDashboard(id);
  const navigate = useNavigate();
  const setEditing = (isEditing: boolean): void =>
    void navigate({ to: '.', search: (before: Search) => ({ ...before, edit: isEditing ? '1' : undefined }) });
  if (answer.data === undefined) {
    return (
      <div className={styles.page}>
        {answer.error === null ? (
          <Panel title="Dashboard" state={{ kind: 'loading' }} height={400} />
        ) : (
          <ErrorCard error={answer.error} retry={() => void answer.refetch()} />
        )}
      </div>
    );
  }
  return (
    <AtOwnTime dashboard={answer.data.dashboard}>
      {edit === '1' && !answer.data.builtIn ? (
        <Suspense fallback={<DashboardView stored={answer.data} onEdit={() => undefined} />}>
          <DashboardEditor key={id} stored={answer.data} onDone={() => setEditing(false)} />
        </Suspense>
      ) : (
        <DashboardView stored={answer.data} onEdit={() => setEditing(true)} />
      )}
    </AtOwnTime>
  );
}

/** Nothing is asked for before its time is known. */
function AtOwnTime({ dashboard, children }: { readonly dashboard: Dashboard; readonly children: ReactNode }) {
  return useOwnTime(dashboard) ? children : null;
}

/** A dashboard to look at. */
function DashboardView({ stored, onEdit }: { readonly stored: StoredDashboard; readonly onEdit: () => void }) {
  const { dashboard } = stored;
  const control = useVariableValues(dashboard.variables);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{dashboard.title}</h1>
        {stored.builtIn && <span className={styles.badge}>built-in</span>}
        <span className={styles.small}>{dashboard.description}</span>
        <DashboardLinks links={dashboard.links} values={control.values} />
        <DashboardTools stored={stored} onEdit={onEdit} />
      </div>
      <VariablesBar variables={dashboard.variables} control={control} />
      {control.empty !== undefined && <NothingToChoose variable={control.empty} />}
      {dashboard.panels.length === 0 ? (
        <EmptyState
          title="No panels yet"
          action={
            <Button look="solid" onClick={onEdit} disabled={stored.builtIn}>
              Add panels
            </Button>
          }
        >
          Add a chart of any metric, arrange it with the mouse or the keyboard.
        </EmptyState>
      ) : (
        !waitsForVariables(dashboard, control.values) && (
          <DashboardGrid panels={dashboard.panels} values={control.values} />
        )
      )}
    </div>
  );
}

/** Panels wait for a choice that there is not yet. */
function NothingToChoose({ variable }: { readonly variable: Variable }) {
  const { name, title, kind, match } = variable;
  return (
    <EmptyState title={`Nothing to choose for “${title || name}” yet`}>
      {kind === 'label' && match !== ''
        ? `No series of ${match.replace(/\{\}$/, '')} are there. Once they come, their panels stand here.`
        : 'Once there are values, the panels stand here.'}
    </EmptyState>
  );
}
