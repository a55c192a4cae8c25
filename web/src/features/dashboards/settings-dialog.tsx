import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Dashboard, Variable } from '#core/api/dashboard.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './editor.module.css';

export type SettingsDialogProps = {
  readonly dashboard: Dashboard;
  readonly onClose: () => void;
  readonly onApply: (dashboard: Dashboard) => void;
};

const KINDS = [
  { value: 'label', label: 'Values of a label' },
  { value: 'custom', label: 'Own list' },
  { value: 'text', label: 'Free text' },
];

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
          <div key={index} className={styles.variableRow}>
            <Field
              label="Name"
              value={variable.name}
              error={Variable.shape.name.safeParse(variable.name).success ? undefined : 'letters, digits, _'}
              onChange={({ target }) => set(index, { name: target.value })}
            />
            <SelectField
              label="Kind"
              options={KINDS}
              value={variable.kind}
              onChange={({ target }) => set(index, { kind: target.value as Variable['kind'] })}
            />
            {variable.kind === 'label' && (
              <>
                <Field
                  label="Label"
                  value={variable.label}
                  onChange={({ target }) => set(index, { label: target.value })}
                />
                <Field
                  label="Of series that match"
                  placeholder="any"
                  value={variable.match}
                  onChange={({ target }) => set(index, { match: target.value })}
                />
              </>
            )}
            {variable.kind === 'custom' && (
              <Field
                label="Values"
                hint="separated by commas"
                defaultValue={variable.values.join(', ')}
                onBlur={({ target }) => set(index, { values: wordsOf(target.value) })}
              />
            )}
            <Field
              label="Default"
              value={variable.value}
              onChange={({ target }) => set(index, { value: target.value })}
            />
            <Button
              look="quiet"
              aria-label={`Remove ${variable.name}`}
              onClick={() => setVariables(variables.filter((_, at) => at !== index))}
            >
              <IconTrash size={15} />
            </Button>
          </div>
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

function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ];
}
