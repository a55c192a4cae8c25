import { IconColumns3, IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogRow } from '#core/api/logs.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import styles from './log-detail.module.css';
import { fieldsOfRow } from './log-fields.ts';
import { withValue } from './query-edits.ts';
import { RowLinks } from './row-links.tsx';
import { SurroundingLines } from './surrounding-lines.tsx';
import type { LogView } from './use-log-view.ts';
import { clip, visibleLines, visibleText } from './visible-text.ts';

const MESSAGE_SHOWN = 8_000;
const VALUE_SHOWN = 500;
const FIELDS_SHOWN = 100;

/** Everything of a line: each field narrows, excludes, becomes a column or is copied; what stands around it. */
export function LogDetail({ row, view }: { readonly row: LogRow; readonly view: LogView }) {
  const [isWhole, setWhole] = useState(false);
  const [showsAround, setShowsAround] = useState(false);
  const all = fieldsOfRow(row);
  const message = clip(row.body, isWhole ? Number.POSITIVE_INFINITY : MESSAGE_SHOWN);
  const fields = isWhole ? all : all.slice(0, FIELDS_SHOWN);
  const hasRest = message.rest > 0 || all.length > fields.length;
  return (
    <tr className={styles.detail}>
      <td className={styles.card} colSpan={2 + view.columns.length}>
        <pre className={styles.message}>{visibleLines(message.text)}</pre>
        {hasRest && (
          <Button onClick={() => setWhole(true)}>
            Show all: {message.rest.toLocaleString('en')} more characters, {all.length - fields.length} more fields
          </Button>
        )}
        <dl className={styles.fields}>
          {fields.map(([name, value]) => (
            <DetailField key={name} {...{ name, value, view }} />
          ))}
        </dl>
        <div className={styles.actions}>
          <Button aria-pressed={showsAround} onClick={() => setShowsAround(!showsAround)}>
            Surrounding lines
          </Button>
          <RowLinks row={row} view={view} />
          <span className={styles.copy}>
            <CopyButton text={JSON.stringify(row, undefined, 2)} label="Copy as JSON" />
            JSON
          </span>
        </div>
        {showsAround && <SurroundingLines row={row} />}
      </td>
    </tr>
  );
}

type DetailFieldProps = { readonly name: string; readonly value: string; readonly view: LogView };

function DetailField({ name, value, view: { columns, setColumns, read, setText } }: DetailFieldProps) {
  const label = visibleText(clip(name, 100).text);
  const shown = clip(value, VALUE_SHOWN);
  const narrow = (exclude: boolean): void => {
    if (read.query !== undefined) setText(withValue(read.query, name, value, exclude));
  };
  return (
    <div className={styles.field}>
      <dt title={label}>{label}</dt>
      <dd>
        <span className={styles.value}>
          {visibleText(shown.text)}
          {shown.rest > 0 && ` … ${shown.rest.toLocaleString('en')} more`}
        </span>
        <Button look="quiet" aria-label={`Only this ${label}`} title="Only this value" onClick={() => narrow(false)}>
          <IconPlus size={14} />
        </Button>
        <Button look="quiet" aria-label={`Not this ${label}`} title="Not this value" onClick={() => narrow(true)}>
          <IconMinus size={14} />
        </Button>
        <Button
          look="quiet"
          aria-label={`${label} as a column`}
          title="Show as a column"
          aria-pressed={columns.includes(name)}
          onClick={() =>
            setColumns(columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name])
          }
        >
          <IconColumns3 size={14} />
        </Button>
        <CopyButton text={value} label={`Copy ${label}`} />
      </dd>
    </div>
  );
}
