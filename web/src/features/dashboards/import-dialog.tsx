import { lazy, Suspense } from 'react';
import { Dialog } from '#web/ui/dialog.tsx';
import type { ImportFormProps } from './grafana/import-form.tsx';

const ImportForm = lazy(async () => ({ default: (await import('./grafana/import-form.tsx')).ImportForm }));

/** Takes a dashboard from a file or pasted JSON; what reads the formats is loaded when it is needed. */
export function ImportDialog(props: ImportFormProps) {
  return (
    <Dialog title="Import a dashboard" onClose={props.onClose} wide>
      <Suspense fallback={<p>Loading…</p>}>
        <ImportForm {...props} />
      </Suspense>
    </Dialog>
  );
}
