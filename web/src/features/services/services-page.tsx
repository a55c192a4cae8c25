import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { Search } from '#web/app/search.ts';
import { dashboardVariables } from '#web/data/dashboard-variables.ts';
import { useNow } from '#web/data/use-now.ts';
import { AddDialog } from '#web/features/collectors/add-dialog.tsx';
import { ProposalsPanel } from '#web/features/collectors/proposals-panel.tsx';
import { EMPTY_DRAFT, type TargetDraft } from '#web/features/collectors/target-draft.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { PortsPanel } from './ports-panel.tsx';
import { STATE_LOOKS, serviceColumns } from './service-columns.tsx';
import {
  type Counts,
  countStates,
  countsText,
  groupServices,
  type ServiceLine,
  wantedServices,
} from './service-groups.ts';
import { SERVICE_STATES, type ServiceRow } from './service-rows.ts';
import styles from './services.module.css';
import { useServices } from './use-services.ts';
import { type ServicesView, useServicesView } from './use-services-view.ts';

type Adding = { readonly chosen?: { readonly collector: string; readonly draft: TargetDraft } };

/** Everything that is collected from, by kind or by host, and what is not monitored. */
export function ServicesPage() {
  const { statuses, catalogue, rows, proposals, ports } = useServices();
  const view = useServicesView();
  const { matchers } = useScope();
  const [adding, setAdding] = useState<Adding>();
  const { typed, state } = view;
  const counts = useMemo(
    () => countStates(wantedServices(rows, { typed, state: undefined, matchers })),
    [rows, typed, matchers],
  );
  const wanted = useMemo(() => wantedServices(rows, { typed, state, matchers }), [rows, typed, state, matchers]);
  const begin = (collector: string, options: TargetDraft['options']): void =>
    setAdding({ chosen: { collector, draft: { ...EMPTY_DRAFT, options } } });
  const add = (
    <Button look="solid" disabled={catalogue.length === 0} onClick={() => setAdding({})}>
      Add a target
    </Button>
  );
  const none = (
    <EmptyState title="Nothing is monitored yet" action={add}>
      Servers, databases and whatever else answers over the network.
    </EmptyState>
  );
  return (
    <div className={styles.page}>
      <Top view={view} counts={counts} />
      <Panel
        title="Services"
        note={rows.length === 0 ? undefined : countsText(countStates(wanted)) || 'none matches'}
        menu={rows.length > 0 && add}
        flush
        state={queryState(statuses, () => (rows.length === 0 ? none : undefined))}
      >
        <Services wanted={wanted} view={view} />
      </Panel>
      <ProposalsPanel proposals={proposals} onAdd={({ collector, options }) => begin(collector, options)} />
      <PortsPanel ports={ports} onWatch={({ reach, port }) => begin('tcp-check', { address: `${reach}:${port}` })} />
      {adding !== undefined && (
        <AddDialog catalogue={catalogue} chosen={adding.chosen} onClose={() => setAdding(undefined)} />
      )}
    </div>
  );
}

function Top({ view, counts }: { readonly view: ServicesView; readonly counts: Counts }) {
  return (
    <div className={styles.top}>
      <h1 className={styles.title}>Services</h1>
      <fieldset className={styles.choices} aria-label="Which state">
        {SERVICE_STATES.filter((state) => counts[state] > 0 || view.state === state).map((state) => (
          <Button
            key={state}
            aria-pressed={view.state === state}
            onClick={() => view.change({ state: view.state === state ? undefined : state })}
          >
            {counts[state]} {STATE_LOOKS[state].word.toLowerCase()}
          </Button>
        ))}
      </fieldset>
      <fieldset className={styles.choices} aria-label="Grouped by">
        {(['kind', 'host'] as const).map((by) => (
          <Button
            key={by}
            aria-pressed={view.by === by}
            onClick={() => view.change({ by: by === 'kind' ? undefined : by, shut: undefined })}
          >
            By {by}
          </Button>
        ))}
      </fieldset>
      <div className={styles.search}>
        <Field
          label={<span className="visually-hidden">Find a service</span>}
          type="search"
          value={view.typed}
          placeholder="Find a service"
          onChange={({ target }) => view.change({ q: target.value || undefined })}
        />
      </div>
    </div>
  );
}

function Services({
  wanted,
  view,
}: {
  readonly wanted: readonly ServiceRow[];
  readonly view: ServicesView;
}): ReactNode {
  const navigate = useNavigate();
  const now = useNow();
  const { by, shut, toggle, change } = view;
  const lines = useMemo(() => groupServices(wanted, by, shut), [wanted, by, shut]);
  const columns = useMemo(() => serviceColumns({ now, by, onToggle: toggle }), [now, by, toggle]);
  const open = (line: ServiceLine): void => {
    if (line.line === 'group') return toggle(line.name);
    const { dashboard, labels } = line.row;
    if (dashboard === undefined) return;
    const search = ({ from, to, scope }: Search): Search => ({ from, to, scope, ...dashboardVariables(labels) });
    void navigate({ to: '/dashboards/$id', params: { id: dashboard }, search });
  };
  if (lines.length === 0) {
    const all = <Button onClick={() => change({ q: undefined, state: undefined })}>Show all services</Button>;
    return <EmptyState title="No service matches" action={all} />;
  }
  return (
    <DataTable
      label="Services"
      columns={columns}
      rows={lines}
      rowKey={(line) => (line.line === 'group' ? `group ${line.name}` : line.row.key)}
      onOpen={open}
    />
  );
}
