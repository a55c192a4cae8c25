import type { LogRow } from '#core/api/logs.ts';
import { formatDateTime } from '#web/format/time.ts';
import { lookOfSeverity } from './levels.ts';
import { lineTime } from './line-time.ts';
import { fieldOf } from './log-fields.ts';
import { LogMessage } from './log-message.tsx';
import styles from './log-table.module.css';

export type LogLineProps = {
  readonly row: LogRow;
  readonly columns: readonly string[];
  readonly sought: readonly string[];
  readonly isOpen: boolean;
  readonly isFresh: boolean;
  readonly onToggle: () => void;
};

const NO_TERMS: readonly string[] = [];

/** One line: what opens it, its time, its columns. */
export function LogLine({ row, columns, sought, isOpen, isFresh, onToggle }: LogLineProps) {
  return (
    <tr className={styles.line} data-open={isOpen} data-fresh={isFresh}>
      <td>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-label={`Details of the line of ${lineTime(row.t)}`}
          data-toggle=""
          onClick={onToggle}
        >
          {isOpen ? '▾' : '▸'}
        </button>
      </td>
      <td>
        <time dateTime={new Date(row.t).toISOString()} title={formatDateTime(row.t)}>
          {lineTime(row.t)}
        </time>
      </td>
      {columns.map((name) => (
        <td key={name} data-column={name}>
          {name === 'level' ? (
            <LevelMark severity={row.severity} />
          ) : (
            <LogMessage text={fieldOf(row, name) ?? ''} sought={name === 'message' ? sought : NO_TERMS} />
          )}
        </td>
      ))}
    </tr>
  );
}

/** Shape and word of a severity in its colour. */
export function LevelMark({ severity }: { readonly severity: number }) {
  const { shape, word, colour } = lookOfSeverity(severity);
  return (
    <span style={{ color: colour }}>
      <span className={styles.shape} aria-hidden="true">
        {shape}
      </span>{' '}
      {word}
    </span>
  );
}
