import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Dashboard, Variable } from '#core/api/dashboard.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './editor.module.css';
import { VariableRow } from './variable-row.tsx';
import { wordsOf } from './words-of.ts';

export type SettingsDialogProps = {
  readonly dashboard: Dashboard;
  readonly onClose: () => void;
  readonly onApply: (dashboard: Dashboard) => void;
};

/** What a dashboard is beside its panels: description, tags, variables. */
export function SettingsDialog({ dashboard, onClose, onApply }: SettingsDialogProps) {
  const [description, setDescription] = useState(dashboard.description);
  const [tags, setTags] = useState(dashboard.tags.join(', '));
  const [variables, setVariables] = useState<readonly Variable[]>(dashboard.variables);
  const set = (at: number, part: Partial<Variable>): void =>
    setVariables(variables.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const isWrong = variables.some((variable) => !Variable.safeParse(variable).success);
  const apply = (): void =>
    onApply({ ...dashboard, description, tags: wordsOf(tags).slice(0, 20), variables: [...variables] });
  return (
    <Dialog title="Dashboard settings" onClose={onClose} wide>
      <div className={styles.stack}>
        <Field
          label="Description"
          value={description}
          maxLength={2_000}
          onChange={({ target }) => setDescription(target.value)}
        />
        <Field label="Tags" hint="separated by commas" value={tags} onChange={({ target }) => setTags(target.value)} />
        <h3 className={styles.heading}>Variables: written as $name in queries and titles</h3>
        {variables.map((variable, index) => (
          <VariableRow
            key={index}
            variable={variable}
            onChange={(part) => set(index, part)}
            onRemove={() => setVariables(variables.filter((_, at) => at !== index))}
          />
        ))}
        <span>
          <Button
            onClick={() => setVariables([...variables, Variable.parse({ name: 'host', kind: 'label', label: 'host' })])}
          >
            <IconPlus size={15} /> Add variable
          </Button>
        </span>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="solid" disabled={isWrong} onClick={apply}>
            Apply
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
