import { useDeferredValue, useState } from 'react';
import { Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { findPanelType, PANEL_TYPES } from '#web/panels/index.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './editor.module.css';
import { OptionsFields } from './panel-form/options-fields.tsx';
import { PanelTabs } from './panel-form/panel-tabs.tsx';
import { PanelView } from './panel-view.tsx';
import { fillPanel } from './variables.ts';

export type PanelEditorProps = {
  readonly panel: Panel;
  readonly values: VariableValues;
  readonly onClose: () => void;
  readonly onApply: (panel: Panel) => void;
};

/** Edits one panel beside its live picture. */
export function PanelEditor({ panel, values, onClose, onApply }: PanelEditorProps) {
  const [draft, setDraft] = useState(panel);
  const shown = useDeferredValue(draft);
  const type = findPanelType(draft.type);
  const problem = problemOf(draft);
  return (
    <Dialog title={panel.title === '' ? 'Panel' : `Panel: ${panel.title}`} onClose={onClose} wide>
      <div className={styles.stack}>
        <div className={styles.preview}>
          <PanelView panel={fillPanel(shown, values)} />
        </div>
        <div className={styles.fields}>
          <Field
            label="Title"
            value={draft.title}
            maxLength={200}
            onChange={({ target }) => setDraft({ ...draft, title: target.value })}
          />
          <SelectField
            label="Type"
            hint={type?.help}
            value={draft.type}
            options={PANEL_TYPES.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={({ target }) => setDraft({ ...draft, type: target.value })}
          />
        </div>
        {type?.hasQueries === true && <PanelTabs panel={draft} {...{ type, values }} onChange={setDraft} />}
        {type?.hasQueries === false && <OptionsFields panel={draft} type={type} onChange={setDraft} />}
        <div className={styles.actions}>
          {problem !== undefined && (
            <span role="alert" className={styles.error}>
              {problem}
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="solid" disabled={problem !== undefined} onClick={() => onApply(draft)}>
            Apply
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  overrides: 'Series',
  mappings: 'Word',
  transformations: 'Step',
  links: 'Link',
};

/** What keeps a draft from being stored: the first field that is not valid. */
function problemOf(draft: Panel): string | undefined {
  const [issue] = Panel.safeParse(draft).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const [list, at, ...path] = issue.path;
  const word = WORDS[String(list)];
  const where = word === undefined ? issue.path.join('.') : `${word} ${Number(at) + 1}, ${path.join('.')}`;
  return `${where}: ${issue.message}`;
}
