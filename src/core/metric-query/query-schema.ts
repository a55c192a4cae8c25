import { z } from 'zod';
import {
  AGGREGATIONS,
  MATCH_OPERATORS,
  MAX_GROUP_LABELS,
  MAX_MATCHERS,
  type Matcher as MatcherOf,
  type MetricQuery as MetricQueryOf,
  SERIES_FUNCTIONS,
} from './query.ts';

/** What a request says as a {@link MatcherOf}. */
export const Matcher = z.strictObject({
  label: z.string().min(1),
  op: z.enum(MATCH_OPERATORS),
  value: z.string(),
}) satisfies z.ZodType<MatcherOf>;

/** What a request says as a {@link MetricQueryOf}. Apart from the types, so that a browser that checks nothing needs no schemas. */
export const MetricQuery = z.strictObject({
  matchers: z.array(Matcher).min(1).max(MAX_MATCHERS),
  fn: z.enum(SERIES_FUNCTIONS).default('raw'),
  aggregate: z.strictObject({ op: z.enum(AGGREGATIONS), by: z.array(z.string()).max(MAX_GROUP_LABELS) }).optional(),
}) satisfies z.ZodType<MetricQueryOf>;
