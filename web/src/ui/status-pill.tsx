import type { Severity } from '#core/model/event.ts';
import styles from './status-pill.module.css';

/** A status and what stands for it: shape, word and colour together, the same everywhere. */
export type Status = Severity;

const SHAPES: Readonly<Record<Status, { readonly shape: string; readonly word: string }>> = {
  critical: { shape: '■', word: 'Critical' },
  major: { shape: '◆', word: 'Major' },
  warning: { shape: '▲', word: 'Warning' },
  unknown: { shape: '?', word: 'Unknown' },
  maintenance: { shape: '‖', word: 'Maintenance' },
  ok: { shape: '●', word: 'OK' },
  info: { shape: '○', word: 'Info' },
};

/** Shape, word and colour of a status; `word` replaces the standard one. */
export function StatusPill({ status, word }: { readonly status: Status; readonly word?: string }) {
  return (
    <span className={`${styles.pill} ${styles[status]}`}>
      <span className={styles.shape} aria-hidden="true">
        {SHAPES[status].shape}
      </span>
      {word ?? SHAPES[status].word}
    </span>
  );
}

/** The shape alone, its word for screen readers only. */
export function StatusShape({ status }: { readonly status: Status }) {
  return (
    <span className={`${styles.shape} ${styles[status]}`}>
      <span aria-hidden="true">{SHAPES[status].shape}</span>
      <span className="visually-hidden">{SHAPES[status].word}</span>
    </span>
  );
}
