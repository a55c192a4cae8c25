import { IconTrash } from '@tabler/icons-react';
import { Variable } from '#core/api/dashboard.ts';
import { LanguageChoice } from '#web/editor/language-choice.tsx';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './editor.module.css';
import { wordsOf } from './words-of.ts';

export type VariableRowProps = {
  readonly variable: Variable;
  readonly onChange: (part: Partial<Variable>) => void;
  readonly onRemove: () => void;
};

const KINDS = [
  { value: 'label', label: 'Values of a label' },
  { value: 'query', label: 'Result of a query' },
  { value: 'custom', label: 'Own list' },
  { value: 'interval', label: 'Lengths of time' },
  { value: 'text', label: 'Free text' },
  { value: 'constant', label: 'Constant' },
];
const CHOICES = [
  { value: 'one', label: 'One value' },
  { value: 'one-all', label: 'One value or all' },
  { value: 'many', label: 'Several values' },
  { value: 'many-all', label: 'Several values or all' },
];

/** Edits one variable of a dashboard. */
export function VariableRow({ variable, onChange, onRemove }: VariableRowProps) {
  const { name, kind, label, match, language, text, regex, values, value, multi, includeAll } = variable;
  const isOffered = kind === 'label' || kind === 'query' || kind === 'custom';
  return (
    <div className={styles.variableRow}>
      <Field
        label="Name"
        value={name}
        error={Variable.shape.name.safeParse(name).success ? undefined : 'letters, digits, _'}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <SelectField
        label="Kind"
        options={KINDS}
        value={kind}
        onChange={({ target }) => onChange({ kind: target.value as Variable['kind'] })}
      />
      {kind === 'label' && (
        <>
          <Field label="Label" value={label} onChange={({ target }) => onChange({ label: target.value })} />
          <Field
            label="Of series that match"
            placeholder="any"
            value={match}
            onChange={({ target }) => onChange({ match: target.value })}
          />
        </>
      )}
      {kind === 'query' && (
        <div className={styles.variableQuery}>
          <LanguageChoice
            label={`Language of ${name}`}
            value={language}
            onChange={(next) => onChange({ language: next })}
          />
          <Field
            label="Query"
            placeholder={
              language === 'graphite' ? 'servers.*' : language === 'sql' ? 'SELECT …' : 'label_values(up, job)'
            }
            value={text}
            spellCheck={false}
            onChange={({ target }) => onChange({ text: target.value })}
          />
        </div>
      )}
      {(kind === 'custom' || kind === 'interval') && (
        <Field
          label="Values"
          hint="separated by commas"
          defaultValue={values.join(', ')}
          onBlur={({ target }) => onChange({ values: wordsOf(target.value) })}
        />
      )}
      {(kind === 'query' || kind === 'label') && (
        <Field
          label="Keep by pattern"
          placeholder="/web-(.*)/"
          value={regex}
          onChange={({ target }) => onChange({ regex: target.value })}
        />
      )}
      {isOffered && (
        <SelectField
          label="Choice"
          options={CHOICES}
          value={`${multi ? 'many' : 'one'}${includeAll ? '-all' : ''}`}
          onChange={({ target }) =>
            onChange({ multi: target.value.startsWith('many'), includeAll: target.value.endsWith('-all') })
          }
        />
      )}
      <Field label="Default" value={value} onChange={({ target }) => onChange({ value: target.value })} />
      <Button look="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={15} />
      </Button>
    </div>
  );
}
