import { useId } from 'react';
import { Field, SelectField } from '#web/ui/field.tsx';
import { DATABASES, type QueryDraft } from './query-draft.ts';
import styles from './sql-poller.module.css';

type QueryFieldsProps = { readonly draft: QueryDraft; readonly onChange: (change: Partial<QueryDraft>) => void };

/** Where a query is asked. */
export function DatabaseFields({ draft, onChange }: QueryFieldsProps) {
  const text = (name: 'address' | 'schema' | 'username' | 'password') => ({
    value: draft[name],
    onChange: ({ target }: { target: HTMLInputElement }) => onChange({ [name]: target.value }),
    spellCheck: false,
  });
  return (
    <>
      <div className={styles.row}>
        <SelectField
          label="Database"
          options={DATABASES}
          value={draft.database}
          onChange={({ target }) => onChange({ database: target.value })}
        />
        <Field label="Address" hint="host or host:port" required {...text('address')} />
        <Field label="Database within it" hint="empty: the default" {...text('schema')} />
      </div>
      <div className={styles.row}>
        <Field label="User" hint="who may read these tables only" required autoComplete="off" {...text('username')} />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={draft.hasPassword ? 'It is set; leave it empty to keep it.' : 'kept encrypted'}
          {...text('password')}
        />
        <CheckField label="Speak TLS" isChecked={draft.tls} onChange={(tls) => onChange({ tls })} />
      </div>
    </>
  );
}

/** What is asked, and how often. */
export function StatementFields({ draft, onChange }: QueryFieldsProps) {
  return (
    <>
      <Lines
        label="Query (one statement that reads)"
        rows={7}
        text={draft.query}
        placeholder="SELECT region, count(*) AS waiting FROM orders WHERE state = $1 GROUP BY region"
        onChange={(query) => onChange({ query })}
      />
      <div className={styles.row}>
        <Lines
          label={`Values of placeholders, one a line (${draft.database === 'mysql' ? '?' : '$1, $2'})`}
          rows={2}
          text={draft.parameters}
          onChange={(parameters) => onChange({ parameters })}
        />
        <Field
          label="Every"
          hint="like 30s or 5m"
          required
          value={draft.interval}
          onChange={({ target }) => onChange({ interval: target.value })}
        />
        <Field
          label="Fresh for"
          hint="the newest time may be so old: 15m"
          value={draft.freshFor}
          onChange={({ target }) => onChange({ freshFor: target.value })}
        />
      </div>
    </>
  );
}

type CheckFieldProps = {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
};

/** A box to tick. */
export function CheckField({ label, isChecked, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input id={id} type="checkbox" checked={isChecked} onChange={({ target }) => onChange(target.checked)} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

type LinesProps = {
  readonly label: string;
  readonly rows: number;
  readonly text: string;
  readonly placeholder?: string;
  readonly onChange: (text: string) => void;
};

function Lines({ label, rows, text, placeholder, onChange }: LinesProps) {
  return (
    <label className={styles.lines}>
      {label}
      <textarea
        rows={rows}
        value={text}
        placeholder={placeholder}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
