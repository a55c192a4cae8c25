import { IconBell, IconBellOff, IconPin, IconPinnedOff } from '@tabler/icons-react';
import type { LogPattern } from '#core/api/log-patterns.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { readLogQuery, withValue } from '../query-edits.ts';
import { clip, visibleText } from '../visible-text.ts';
import { PatternChart } from './pattern-chart.tsx';
import { PatternName } from './pattern-name.tsx';
import { PatternParts } from './pattern-parts.tsx';
import styles from './patterns.module.css';
import { type PatternActions, useSampleLines } from './use-patterns.ts';

const LINE_SHOWN = 600;

export type PatternDetailProps = {
  readonly pattern: LogPattern;
  /** What was asked for. */
  readonly asked: string;
  readonly actions: PatternActions;
  readonly canChange: boolean;
};

/** What is known of a pattern, what can be done with it, and some of its lines. */
export function PatternDetail({ pattern, asked, actions, canChange }: PatternDetailProps) {
  const { id, first, last, isPinned, isMuted } = pattern;
  const { change, merge, separate } = actions;
  const error = change.error ?? merge.error ?? separate.error;
  const isBusy = !canChange || change.isPending;
  return (
    <tr className={styles.detail}>
      <td colSpan={6}>
        <div className={styles.card}>
          <div className={styles.facts}>
            {first > 0 && (
              <span>
                First line {formatDateTime(first)}, last {formatDateTime(last)}
              </span>
            )}
            <span>
              <code>{id}</code> <CopyButton text={id} label="Copy the id" />
            </span>
          </div>
          <div className={styles.actions}>
            <PatternName key={pattern.name} pattern={pattern} actions={actions} disabled={isBusy} />
            <Button aria-pressed={isPinned} disabled={isBusy} onClick={() => change.mutate({ id, pinned: !isPinned })}>
              {isPinned ? <IconPinnedOff size={15} aria-hidden="true" /> : <IconPin size={15} aria-hidden="true" />}
              {isPinned ? 'Unpin' : 'Pin'}
            </Button>
            <Button aria-pressed={isMuted} disabled={isBusy} onClick={() => change.mutate({ id, muted: !isMuted })}>
              {isMuted ? <IconBell size={15} aria-hidden="true" /> : <IconBellOff size={15} aria-hidden="true" />}
              {isMuted ? 'Unmute' : 'Mute'}
            </Button>
            <PatternChart pattern={pattern} />
          </div>
          {!canChange && <p className={styles.quiet}>Changing patterns needs the scope write.</p>}
          {error !== null && <p className={styles.error}>Not changed: {error.message}</p>}
          <PatternParts pattern={pattern} actions={actions} disabled={isBusy} />
          <SampleLines id={id} asked={asked} />
        </div>
      </td>
    </tr>
  );
}

function SampleLines({ id, asked }: { readonly id: string; readonly asked: string }) {
  const { query } = readLogQuery(asked);
  const lines = useSampleLines(query === undefined ? asked : withValue(query, 'pattern', id));
  if (lines.data === undefined) {
    return lines.error === null ? (
      <output className={styles.quiet}>Reading lines …</output>
    ) : (
      <ErrorCard error={lines.error} retry={() => void lines.refetch()} />
    );
  }
  const { rows } = lines.data;
  if (rows.length === 0) return <p className={styles.quiet}>No line of it in this time.</p>;
  return (
    <ul className={styles.samples} aria-label="Its newest lines">
      {rows.map((row) => (
        <li key={row.id}>
          <time>{formatDateTime(row.t)}</time> <span>{row.host}</span> {visibleText(clip(row.body, LINE_SHOWN).text)}
        </li>
      ))}
    </ul>
  );
}
