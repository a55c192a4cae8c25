import { IconCode, IconCopy, IconFileReport, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import type { Search } from '#web/app/search.ts';
import { Button } from '#web/ui/button.tsx';
import styles from './dashboard.module.css';
import { DeleteDashboardDialog } from './delete-dashboard-dialog.tsx';
import { ImportReportDialog } from './import-report-dialog.tsx';
import { JsonDialog } from './json-dialog.tsx';
import { useDashboardActions } from './use-dashboards.ts';

export type DashboardToolsProps = { readonly stored: StoredDashboard; readonly onEdit: () => void };

/** What can be done with a dashboard. A built-in one cannot be changed: it is duplicated. */
export function DashboardTools({ stored, onEdit }: DashboardToolsProps) {
  const navigate = useNavigate();
  const { duplicate } = useDashboardActions();
  const [dialog, setDialog] = useState<'json' | 'delete' | 'report'>();
  const copy = async (): Promise<void> => {
    const { id } = await duplicate.mutateAsync(stored.id);
    void navigate({ to: '/dashboards/$id', params: { id }, search: (before: Search) => ({ ...before, edit: '1' }) });
  };
  const close = (): void => setDialog(undefined);
  return (
    <span className={styles.tools}>
      {duplicate.error !== null && (
        <span role="alert" className={styles.error}>
          Not duplicated: {duplicate.error.message}
        </span>
      )}
      {stored.imported && (
        <Button look="quiet" onClick={() => setDialog('report')}>
          <IconFileReport size={15} /> Import report
        </Button>
      )}
      <Button look="quiet" onClick={() => setDialog('json')}>
        <IconCode size={15} /> JSON
      </Button>
      <Button
        look={stored.builtIn ? 'plain' : 'quiet'}
        disabled={duplicate.isPending}
        title={stored.builtIn ? 'Built-in dashboards are read-only: a copy is yours' : undefined}
        onClick={() => void copy().catch(() => undefined)}
      >
        <IconCopy size={15} /> {stored.builtIn ? 'Duplicate to edit' : 'Duplicate'}
      </Button>
      {!stored.builtIn && (
        <>
          <Button look="quiet" aria-label="Delete dashboard" onClick={() => setDialog('delete')}>
            <IconTrash size={15} />
          </Button>
          <Button onClick={onEdit}>
            <IconPencil size={15} /> Edit
          </Button>
        </>
      )}
      {dialog === 'json' && <JsonDialog dashboard={stored.dashboard} onClose={close} />}
      {dialog === 'report' && <ImportReportDialog id={stored.id} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteDashboardDialog stored={stored} onClose={close} onDeleted={() => void navigate({ to: '/dashboards' })} />
      )}
    </span>
  );
}
