import { IconDownload } from '@tabler/icons-react';
import type { Dashboard } from '#core/api/dashboard.ts';
import { downloadText } from '#web/charts/csv.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { dashboardJson } from './dashboard-json.ts';
import styles from './editor.module.css';

/** The dashboard as JSON: to read, copy and keep in a repository. */
export function JsonDialog({ dashboard, onClose }: { readonly dashboard: Dashboard; readonly onClose: () => void }) {
  const text = dashboardJson(dashboard);
  const name = `${dashboard.title.replace(/[^\w.-]+/g, '-').toLowerCase()}.json`;
  return (
    <Dialog title={`${dashboard.title} as JSON`} onClose={onClose} wide>
      <div className={styles.stack}>
        <textarea className={styles.json} rows={20} readOnly spellCheck={false} value={text} aria-label="JSON" />
        <div className={styles.actions}>
          <CopyButton text={text} label="Copy JSON" />
          <Button onClick={() => downloadText(name, text, 'application/json')}>
            <IconDownload size={15} /> Download
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
