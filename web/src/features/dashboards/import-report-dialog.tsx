import { lazy, Suspense } from 'react';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { useImportReport } from './use-dashboards.ts';

const Report = lazy(async () => ({
  default: (await import('./grafana/fidelity-report-view.tsx')).FidelityReportView,
}));

/** What became of a dashboard when it was imported: as it was then, whatever was changed since. */
export function ImportReportDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useImportReport(id);
  return (
    <Dialog title="Report of the import" onClose={onClose} wide>
      {error !== null && <ErrorCard error={error} retry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <p>
            “{data.title}” from Grafana: {data.format}
          </p>
          <Suspense fallback={<p>Loading…</p>}>
            <Report report={data} />
          </Suspense>
        </>
      )}
    </Dialog>
  );
}
