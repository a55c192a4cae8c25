import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dashboard, Panel, type StoredDashboard } from '#core/api/dashboard.ts';
import type { ExploreQuery } from '#web/charts/explore-search.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './explore.module.css';

export type AddToDashboardProps = {
  readonly title: string;
  readonly queries: readonly ExploreQuery[];
  readonly onClose: () => void;
};

const NEW = '';
const SIZE = { w: 12, h: 8 };

/** Puts the chart on a dashboard: one of one's own, or a new one. */
export function AddToDashboard({ title, queries: added, onClose }: AddToDashboardProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [name, setName] = useState(title);
  const [target, setTarget] = useState(NEW);
  const list = useQuery({
    queryKey: ['dashboards'],
    queryFn: ({ signal }) => api.json<readonly StoredDashboard[]>('/api/dashboards', { signal }),
  });
  const own = (list.data ?? []).filter(({ builtIn }) => !builtIn);
  const add = useMutation({
    mutationFn: () => {
      const stored = own.find(({ id }) => id === target);
      const panels = [...(stored?.dashboard.panels ?? []), panelOf(name, added, stored)];
      if (stored === undefined) {
        const body = Dashboard.parse({ title: name, panels, from: 'now-15m' });
        return api.json<StoredDashboard>('/api/dashboards', { method: 'POST', body });
      }
      const body = { version: stored.version, dashboard: { ...stored.dashboard, panels } };
      return api.json<StoredDashboard>(`/api/dashboards/${encodeURIComponent(stored.id)}`, { method: 'PUT', body });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dashboards'] }),
  });
  return (
    <Dialog title="Add to a dashboard" onClose={onClose}>
      {add.data === undefined ? (
        <div className={styles.form}>
          <Field
            label="Title of the panel"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label="Dashboard"
            value={target}
            options={[
              { value: NEW, label: 'A new dashboard' },
              ...own.map(({ id, dashboard }) => ({ value: id, label: dashboard.title })),
            ]}
            onChange={(event) => setTarget(event.target.value)}
          />
          {add.error !== null && <p className={styles.problem}>Not added: {add.error.message}</p>}
          <div className={styles.tools}>
            <Button look="solid" disabled={name.trim() === '' || add.isPending} onClick={() => add.mutate()}>
              Add
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </div>
      ) : (
        <output>
          Added to{' '}
          <Link to="/dashboards/$id" params={{ id: add.data.id }}>
            {add.data.dashboard.title}
          </Link>
          .
        </output>
      )}
    </Dialog>
  );
}

function panelOf(title: string, queries: readonly ExploreQuery[], stored: StoredDashboard | undefined): Panel {
  const panels = stored?.dashboard.panels ?? [];
  const y = panels.reduce((bottom, { place }) => Math.max(bottom, place.y + place.h), 0);
  return Panel.parse({
    id: `p${Date.now().toString(36)}`,
    type: 'timeseries',
    title,
    place: { x: 0, y, ...SIZE },
    queries: queries.filter(({ text }) => text.trim() !== ''),
  });
}
