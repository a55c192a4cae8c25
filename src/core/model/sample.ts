import type { Labels } from './labels.ts';

/** One measured value of one series. */
export type Sample = {
  readonly labels: Labels;
  /** Milliseconds since the Unix epoch. */
  readonly t: number;
  /** float64; NaN marks "no value", it is stored but not rolled up. */
  readonly v: number;
};
