import styles from './sparkline.module.css';
import { sparklinePath } from './sparkline-path.ts';

export type SparklineProps = {
  /** Values at equal distances; NaN = a gap. */
  readonly values: ArrayLike<number>;
  readonly width?: number;
  readonly height?: number;
  readonly label: string;
};

/** A small line without axes. */
export function Sparkline({ values, width = 80, height = 18, label }: SparklineProps) {
  return (
    <svg
      className={styles.line}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path d={sparklinePath(values, width, height)} />
    </svg>
  );
}
