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

/** Series that one sender of an input was the first to send since the intake started. */
export type SeriesOrigin = {
  readonly input: string;
  /** Of the sender; `udp` stands for all that send datagrams; empty for the product's own. */
  readonly address: string;
  readonly series: number;
  readonly newHour: number;
};

/** Of one day: series first seen in it, and those that were not silent. */
export type DayGrowth = { readonly t: number; readonly added: number; readonly active: number };

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
  /** The last 30 days, oldest first. */
  readonly days: readonly DayGrowth[];
  readonly sources: readonly SeriesOrigin[];
  readonly trackedSince: number;
};
