import { QueryInput } from '#web/editor/query-input.tsx';
import { DEFAULT_COLUMNS } from '#web/features/logs/log-fields.ts';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './logs-panel.module.css';
import { LogsOptions } from './options.ts';

const ORDERS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
];

/** Edits what a log panel searches for and shows. */
export function LogsOptionsForm({ options, onChange }: OptionsFormProps) {
  const { query, columns, order } = readOptions(LogsOptions, options);
  return (
    <>
      <div className={styles.query}>
        <span>Log query</span>
        <QueryInput
          label="Log query"
          language="logs"
          text={query}
          lenient
          onChange={(next) => onChange({ ...options, query: next })}
        />
      </div>
      <Field
        label="Columns"
        hint="separated by commas"
        placeholder={DEFAULT_COLUMNS.join(', ')}
        defaultValue={columns.join(', ')}
        spellCheck={false}
        onChange={({ target }) => onChange({ ...options, columns: namesIn(target.value) })}
      />
      <SelectField
        label="Order"
        value={order}
        options={ORDERS}
        onChange={({ target }) => onChange({ ...options, order: target.value })}
      />
    </>
  );
}

const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .slice(0, 50);
