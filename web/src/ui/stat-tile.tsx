import type { ReactNode } from 'react';
import styles from './stat-tile.module.css';
import { type Status, StatusShape } from './status-pill.tsx';

export type StatTileProps = {
  readonly label: ReactNode;
  readonly value: ReactNode;
  /** Quiet words behind the value. */
  readonly note?: ReactNode;
  /** Undefined = grey: colour only when it matters. */
  readonly status?: Status | undefined;
  /** A sparkline. */
  readonly chart?: ReactNode;
};

/** One figure with its name. Put it into a link: every number is a door. */
export function StatTile({ label, value, note, status, chart }: StatTileProps) {
  return (
    <span className={styles.tile}>
      <span className={styles.top}>
        {status !== undefined && <StatusShape status={status} />}
        <span className={styles.label}>{label}</span>
        {chart !== undefined && <span className={styles.chart}>{chart}</span>}
      </span>
      <span className={styles.bottom}>
        <span className={styles.value}>{value}</span>
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </span>
    </span>
  );
}
