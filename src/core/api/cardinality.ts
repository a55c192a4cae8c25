import { z } from 'zod';

/** `search` narrows names and labels by a part of their text. */
export const CardinalityRequest = z.strictObject({
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type CardinalityRequest = z.infer<typeof CardinalityRequest>;

/** Series of one metric name, or of paths with the same first two nodes (`a.b.*`). Times in ms. */
export type NameCardinality = {
  readonly name: string;
  readonly series: number;
  /** First seen within the last hour and day. */
  readonly newHour: number;
  readonly newDay: number;
  /** Not seen for two days or longer. */
  readonly gone: number;
  /** When anybody last asked for it; 0: not since tracking began. */
  readonly lastReadAt: number;
};

export type LabelCardinality = { readonly label: string; readonly values: number };

/** Where the series of the catalogue come from. */
export type Cardinality = {
  readonly series: number;
  readonly newHour: number;
  readonly newDay: number;
  readonly gone: number;
  readonly names: readonly NameCardinality[];
  readonly labels: readonly LabelCardinality[];
  /** Names that nobody has asked for in 30 days, or since tracking began when that is shorter; most series first. */
  readonly unused: readonly NameCardinality[];
  /** Series first seen in each of the last 48 hours, oldest first. */
  readonly growth: readonly { readonly t: number; readonly series: number }[];
  readonly trackedSince: number;
};
