import { z } from 'zod';

/** Rules of a user, the built-in ones aside. */
export const MAX_LOG_METRIC_RULES = 200;

/** The label that tells the percentiles of a metric apart, as in a summary of Prometheus. */
export const QUANTILE_LABEL = 'quantile';

/** Functions that need no field: of all lines that are found. Of a field they are of the lines that have its number. */
const COUNTS: readonly string[] = ['count', 'rate'];

/** What is calculated of the lines of a window: `count`, `rate` (a second), `sum`, `avg`, `min`, `max`, `p0` … `p100`. */
const LogMetricFunction = z
  .string()
  .regex(
    /^(?:count|rate|sum|avg|min|max|p(?:100|\d{1,2}(?:\.\d{1,2})?))$/,
    'count, rate, sum, avg, min, max or p50, p99.9 …',
  );

const LogMetricLabel = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/, 'a label name: letters, digits and _')
    .refine((name) => !name.startsWith('__') && name !== QUANTILE_LABEL, 'this name is taken'),
  /** A field of the log query language. */
  field: z.string().min(1).max(256),
  /** `status_class` makes `2xx` of 204. */
  as: z.enum(['text', 'status_class']).default('text'),
});
export type LogMetricLabel = z.infer<typeof LogMetricLabel>;

const Step = z
  .number()
  .int()
  .min(1_000)
  .max(3_600_000)
  .refine((ms) => ms % 1_000 === 0, 'whole seconds');

/** How series are made of log lines: what a search finds in each window of time, by labels. */
export const LogMetricRule = z
  .strictObject({
    /** The name of the series; see {@link seriesNameOf}. */
    metric: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/, 'a metric name: letters, digits, _ and :'),
    help: z.string().max(500).default(''),
    /** A log query; behind `|` only `where` and `parse`. */
    query: z
      .string()
      .max(16 * 1024)
      .default(''),
    /** The field whose numbers are looked at; '' = lines are counted. */
    field: z.string().max(256).default(''),
    functions: z.array(LogMetricFunction).min(1).max(12).default(['count']),
    labels: z.array(LogMetricLabel).max(10).default([]),
    /** Of `seconds` and `bytes` the field's values are read with their own units: `15ms`, `3kb`. */
    unit: z
      .string()
      .regex(/^[a-z_%]{0,20}$/, 'a base unit: seconds, bytes …')
      .default(''),
    /** Length of a window, ms; windows begin at its multiples. */
    stepMs: Step.default(60_000),
    /** How long lines of a window are waited for, ms. */
    settleMs: Step.default(10_000),
    /** Most sets of label values; new ones beyond are refused. */
    limit: z.number().int().min(1).max(2_000).default(200),
    isEnabled: z.boolean().default(true),
  })
  .superRefine(({ field, functions, labels }, context) => {
    const needs = functions.find((fn) => !COUNTS.includes(fn));
    if (field === '' && needs !== undefined) context.addIssue(`${needs} needs a field`);
    if (new Set(functions).size < functions.length) context.addIssue('a function stands twice');
    if (new Set(labels.map(({ name }) => name)).size < labels.length) context.addIssue('two labels have one name');
  });
export type LogMetricRule = z.infer<typeof LogMetricRule>;

/** Whether a function is 0 where no line is. */
export const isZeroFilled = (fn: string): boolean => COUNTS.includes(fn) || fn === 'sum';

/** The quantile (0–1) of a percentile function; undefined for another. */
export function quantileOf(fn: string): number | undefined {
  return /^p\d/.test(fn) ? Number((Number(fn.slice(1)) / 100).toFixed(6)) : undefined;
}

/**
 * The name of the series of a function: that of the rule for its only function and for percentiles, which the label
 * `quantile` tells apart; else with the function behind it, as in `x_sum`.
 */
export function seriesNameOf({ metric, functions }: Pick<LogMetricRule, 'metric' | 'functions'>, fn: string): string {
  return functions.length === 1 || quantileOf(fn) !== undefined ? metric : `${metric}_${fn}`;
}

/** The names that a rule writes, each once. */
export function seriesNames(rule: Pick<LogMetricRule, 'metric' | 'functions'>): readonly string[] {
  return [...new Set(rule.functions.map((fn) => seriesNameOf(rule, fn)))];
}

/** Two rules that write series of one name, if any. */
export function namesakes(rules: readonly LogMetricRule[]): readonly [LogMetricRule, LogMetricRule] | undefined {
  const owners = new Map<string, LogMetricRule>();
  for (const rule of rules) {
    for (const name of seriesNames(rule)) {
      const other = owners.get(name);
      if (other !== undefined) return [other, rule];
      owners.set(name, rule);
    }
  }
  return undefined;
}
