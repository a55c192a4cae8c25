import type { BackFill } from '#core/log-metrics/log-metrics-api.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './log-metrics.module.css';
import { isOpen } from './use-log-metrics.ts';

const SHOWN = 10;
const WORDS: Readonly<Record<BackFill['state'], string>> = {
  ...{ waiting: 'Waiting', running: 'Running', done: 'Done', cancelled: 'Cancelled', failed: 'Failed' },
};

type BackFillPanelProps = { readonly fills: readonly BackFill[]; readonly onCancel: (id: number) => void };

/** What is evaluated of the past, and how far it is. */
export function BackFillPanel({ fills, onCancel }: BackFillPanelProps) {
  if (fills.length === 0) return null;
  return (
    <Panel title="Back-fills" note={fills.length > SHOWN ? `the newest ${SHOWN}` : undefined}>
      <ul className={styles.fills} aria-label="Back-fills">
        {fills.slice(0, SHOWN).map((fill) => (
          <li key={fill.id} className={styles.fill}>
            <span className={styles.fillName}>
              <b>{fill.metric}</b>{' '}
              <span className={styles.quiet}>
                {formatDateTime(fill.from)} – {formatDateTime(fill.to)}, by {fill.createdBy}
              </span>
            </span>
            <progress max={1} value={ratioOf(fill)} aria-label={`Back-fill of ${fill.metric}`} />
            <span className={styles.figure}>
              {WORDS[fill.state]} {Math.floor(ratioOf(fill) * 100)} %
            </span>
            {isOpen(fill) && (
              <Button aria-label={`Cancel the back-fill of ${fill.metric}`} onClick={() => onCancel(fill.id)}>
                Cancel
              </Button>
            )}
            {fill.error !== '' && <span className={styles.error}>{fill.error}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ratioOf({ state, from, to, doneUntil }: BackFill): number {
  return state === 'done' ? 1 : Math.min(1, Math.max(0, (doneUntil - from) / (to - from)));
}
