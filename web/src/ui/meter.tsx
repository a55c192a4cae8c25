import styles from './meter.module.css';

export type MeterProps = {
  /** 0..1; null = not measured. */
  readonly ratio: number | null;
  readonly text: string;
  /** From here on it is coloured. */
  readonly warnAt?: number;
  readonly criticalAt?: number;
};

/** A figure with a small bar. */
export function Meter({ ratio, text, warnAt = 0.85, criticalAt = 0.95 }: MeterProps) {
  const level = ratio === null || ratio < warnAt ? 'normal' : ratio < criticalAt ? 'warning' : 'critical';
  return (
    <span className={styles.meter}>
      <span className={styles.track} aria-hidden="true">
        <span
          className={`${styles.fill} ${styles[level]}`}
          style={{ width: `${Math.min(1, Math.max(0, ratio ?? 0)) * 100}%` }}
        />
      </span>
      <span className={styles.text}>{text}</span>
    </span>
  );
}
