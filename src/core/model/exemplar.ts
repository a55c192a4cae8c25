import type { Labels } from './labels.ts';

/** One observation that stands for others, with a link to its trace in its labels. */
export type Exemplar = {
  /** Milliseconds since the Unix epoch. */
  readonly t: number;
  readonly v: number;
  readonly labels: Labels;
};
