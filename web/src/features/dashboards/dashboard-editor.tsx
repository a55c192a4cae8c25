import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Dashboard, Panel, StoredDashboard } from '#core/api/dashboard.ts';
import { Button } from '#web/ui/button.tsx';
import { ConflictBanner } from './conflict-banner.tsx';
import styles from './dashboard.module.css';
import { EditGrid } from './edit-grid.tsx';
import { newPanel } from './new-panel.ts';
import { freshId, placeBelow, withCopy, withoutPanel, withPanel } from './panel-draft.ts';
import { PanelEditor } from './panel-editor.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { useSaveDashboard } from './use-save-dashboard.ts';
import { useVariableValues } from './use-variable-values.ts';
import { VariablesBar } from './variables-bar.tsx';

export type DashboardEditorProps = { readonly stored: StoredDashboard; readonly onDone: () => void };

/** Changes a draft of a dashboard: nothing is stored before Save. */
export function DashboardEditor({ stored, onDone }: DashboardEditorProps) {
  const [draft, setDraft] = useState<Dashboard>(stored.dashboard);
  const [edited, setEdited] = useState<Panel>();
  const [isSetting, setSetting] = useState(false);
  const control = useVariableValues(draft.variables);
  const saving = useSaveDashboard(stored, onDone);
  const isDirty = draft !== stored.dashboard;
  const add = (): void =>
    setEdited({ ...newPanel(freshId(draft.panels)), place: placeBelow(draft.panels, { w: 12, h: 8 }) });
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Edit {draft.title}</h1>
      <div className={styles.head}>
        <input
          className={styles.titleInput}
          aria-label="Title of the dashboard"
          value={draft.title}
          maxLength={200}
          onChange={({ target }) => setDraft({ ...draft, title: target.value })}
        />
        <span className={styles.small}>
          drag by the title · on a focused panel <kbd>m</kbd> move, <kbd>r</kbd> resize, arrows
        </span>
        <span className={styles.tools}>
          <Button look="quiet" onClick={() => setSetting(true)}>
            Settings
          </Button>
          <Button onClick={add}>
            <IconPlus size={15} /> Add panel
          </Button>
          <Button onClick={onDone}>{isDirty ? 'Discard' : 'Close'}</Button>
          <Button
            look="solid"
            disabled={!isDirty || draft.title.trim() === '' || saving.isPending}
            onClick={() => saving.save(draft)}
          >
            Save
          </Button>
        </span>
      </div>
      <ConflictBanner saving={saving} draft={draft} onReload={(latest) => setDraft(latest)} />
      <VariablesBar variables={draft.variables} control={control} />
      <EditGrid
        dashboard={draft}
        values={control.values}
        onChange={setDraft}
        onEdit={setEdited}
        onCopy={(panel) => setDraft(withCopy(draft, panel))}
        onDelete={(panel) => setDraft(withoutPanel(draft, panel.id))}
      />
      {edited !== undefined && (
        <PanelEditor
          panel={edited}
          values={control.values}
          onClose={() => setEdited(undefined)}
          onApply={(panel) => {
            setDraft(withPanel(draft, panel));
            setEdited(undefined);
          }}
        />
      )}
      {isSetting && (
        <SettingsDialog
          dashboard={draft}
          onClose={() => setSetting(false)}
          onApply={(next) => {
            setDraft(next);
            setSetting(false);
          }}
        />
      )}
    </div>
  );
}
