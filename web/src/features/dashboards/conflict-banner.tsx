import type { Dashboard } from '#core/api/dashboard.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import styles from './dashboard.module.css';
import type { Saving } from './use-save-dashboard.ts';

export type ConflictBannerProps = {
  readonly saving: Saving;
  readonly draft: Dashboard;
  readonly onReload: (latest: Dashboard) => void;
};

/** Why a save did not go through; when somebody else saved meanwhile: who, and both ways on. */
export function ConflictBanner({ saving, draft, onReload }: ConflictBannerProps) {
  const { conflict, error } = saving;
  if (conflict !== undefined) {
    return (
      <div role="alert" className={styles.banner}>
        <span>
          ▲ {conflict.updatedBy} saved this dashboard at {formatDateTime(conflict.updatedAt)}, while you were editing.
        </span>
        <Button
          onClick={() => {
            saving.adopt();
            onReload(conflict.dashboard);
          }}
        >
          Reload, drop my changes
        </Button>
        <Button onClick={() => saving.saveAsCopy(draft)}>Save mine as a copy</Button>
      </div>
    );
  }
  if (error === undefined) return null;
  return (
    <div role="alert" className={styles.banner}>
      ■ Not saved: {error.message}
    </div>
  );
}
