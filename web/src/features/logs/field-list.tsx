import { IconChevronRight, IconColumns3, IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogFieldSummary } from '#core/api/logs.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './field-list.module.css';
import { withField, withValue } from './query-edits.ts';
import { useFields, useValues } from './use-log-queries.ts';
import type { LogView } from './use-log-view.ts';
import { clip, visibleText } from './visible-text.ts';

const SHOWN = 300;

/** The fields of the lines that match: how many have each, its values, and what they can narrow. */
export function FieldList({ view }: { readonly view: LogView }) {
  const fields = useFields(view.asked);
  const [typed, setTyped] = useState('');
  const all = fields.data?.fields ?? [];
  const found = all.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <section className={styles.panel} aria-label="Fields">
      <header className={styles.head}>
        <h2>
          Fields <span>{all.length}</span>
        </h2>
        <span>coverage</span>
      </header>
      <input
        type="search"
        className={styles.find}
        aria-label="Find a field"
        placeholder="Filter fields"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {fields.data === undefined && fields.error !== null && (
        <ErrorCard error={fields.error} retry={() => void fields.refetch()} />
      )}
      <ul className={styles.list}>
        {found.slice(0, SHOWN).map((field) => (
          <FieldEntry key={field.name} field={field} view={view} />
        ))}
      </ul>
      {found.length > SHOWN && <p className={styles.note}>{found.length - SHOWN} more: type a part of the name</p>}
    </section>
  );
}

function FieldEntry({ field, view }: { readonly field: LogFieldSummary; readonly view: LogView }) {
  const [isOpen, setOpen] = useState(false);
  const { columns, setColumns, setText, read } = view;
  const { name, coverage, type } = field;
  const isColumn = columns.includes(name);
  const label = visibleText(clip(name, 100).text);
  return (
    <li>
      <div className={styles.entry}>
        <button
          type="button"
          className={styles.name}
          aria-expanded={isOpen}
          title={`${label} (${type})`}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={12} aria-hidden="true" />
          <span>{label}</span>
          <small>{type}</small>
        </button>
        <Button
          look="quiet"
          className={styles.act}
          aria-pressed={isColumn}
          aria-label={`Column ${label}`}
          title={isColumn ? 'Remove the column' : 'Show as a column'}
          onClick={() => setColumns(isColumn ? columns.filter((each) => each !== name) : [...columns, name])}
        >
          <IconColumns3 size={14} />
        </Button>
        <span className={styles.coverage}>{Math.round(coverage)} %</span>
      </div>
      {isOpen && <FieldValues name={name} view={view} />}
      {isOpen && read.query !== undefined && (
        <Button look="quiet" onClick={() => setText(withField(read.query, name, true))}>
          Lines without it
        </Button>
      )}
    </li>
  );
}

function FieldValues({ name, view }: { readonly name: string; readonly view: LogView }) {
  const answer = useValues(view.asked, name, true);
  const { data } = answer;
  if (data === undefined) {
    return answer.error === null ? (
      <output className={styles.note}>Counting …</output>
    ) : (
      <ErrorCard error={answer.error} retry={() => void answer.refetch()} />
    );
  }
  const rest = data.present - data.values.reduce((sum, { count }) => sum + count, 0);
  return (
    <ul className={styles.values} aria-label={`Values of ${visibleText(clip(name, 100).text)}`}>
      {data.values.map(({ value, count }) => (
        <FieldValue key={value} {...{ name, value, count, view }} share={count / Math.max(1, data.present)} />
      ))}
      {rest > 0 && <li className={styles.note}>{rest.toLocaleString('en')} lines with other values</li>}
    </ul>
  );
}

type FieldValueProps = {
  readonly name: string;
  readonly value: string;
  readonly count: number;
  readonly share: number;
  readonly view: LogView;
};

function FieldValue({ name, value, count, share, view: { read, setText } }: FieldValueProps) {
  const text = visibleText(clip(value, 120).text) || '(empty)';
  const narrow = (exclude: boolean): void => {
    if (read.query !== undefined) setText(withValue(read.query, name, value, exclude));
  };
  return (
    <li className={styles.value}>
      <span className={styles.bar} style={{ width: `${Math.round(share * 100)}%` }} />
      <span className={styles.text} title={text}>
        {text}
      </span>
      <span className={styles.coverage} title={`${count} lines`}>
        {(share * 100).toFixed(1)} %
      </span>
      <Button look="quiet" className={styles.act} aria-label={`Only ${text}`} onClick={() => narrow(false)}>
        <IconPlus size={13} />
      </Button>
      <Button look="quiet" className={styles.act} aria-label={`Without ${text}`} onClick={() => narrow(true)}>
        <IconMinus size={13} />
      </Button>
    </li>
  );
}
