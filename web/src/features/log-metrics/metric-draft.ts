import { LogMetricRule } from '#core/log-metrics/rule.ts';
import { parseDuration } from '#core/units/duration.ts';

/** A rule as it is being written: lengths and lists are texts. */
export type MetricDraft = Omit<LogMetricRule, 'functions' | 'stepMs' | 'settleMs' | 'limit'> & {
  readonly functions: readonly string[];
  readonly percentiles: string;
  readonly window: string;
  readonly wait: string;
  readonly limit: string;
};

/** Functions that are chosen; percentiles are written. */
export const PLAIN_FUNCTIONS = ['count', 'rate', 'sum', 'avg', 'min', 'max'] as const;

const isPlain = (fn: string): boolean => PLAIN_FUNCTIONS.some((each) => each === fn);
const MINUTE_MS = 60_000;
const written = (ms: number): string => (ms % MINUTE_MS === 0 ? `${ms / MINUTE_MS}m` : `${ms / 1_000}s`);

/** A rule to be edited. */
export function draftOf({ functions, stepMs, settleMs, limit, ...rule }: LogMetricRule): MetricDraft {
  return {
    ...rule,
    functions: functions.filter(isPlain),
    percentiles: functions.filter((fn) => !isPlain(fn)).join(', '),
    ...{ window: written(stepMs), wait: written(settleMs), limit: String(limit) },
  };
}

/** A rule to begin with, that counts what a search finds. */
export function newDraft(query: string): MetricDraft {
  return { ...draftOf(LogMetricRule.parse({ metric: 'new', query })), metric: '' };
}

/** The rule that a draft means, or the first thing that is wrong with it. */
export function readDraft(draft: MetricDraft): { readonly rule?: LogMetricRule; readonly problem?: string } {
  const { window, wait, limit, percentiles, functions, ...rest } = draft;
  const stepMs = parseDuration(window);
  const settleMs = parseDuration(wait);
  if (stepMs === undefined) return { problem: `Window: "${window}" is no duration such as 30s or 1m` };
  if (settleMs === undefined) return { problem: `Wait: "${wait}" is no duration such as 10s` };
  const quantiles = percentiles.split(/[\s,]+/).filter(Boolean);
  const read = LogMetricRule.safeParse({
    ...rest,
    metric: rest.metric.trim(),
    field: rest.field.trim(),
    functions: [...functions, ...quantiles],
    ...{ stepMs, settleMs, limit: Number(limit) },
  });
  if (read.success) return { rule: read.data };
  const [issue] = read.error.issues;
  return { problem: `${placeOf(issue?.path ?? [])}${issue?.message ?? 'it cannot be read'}` };
}

const NAMES: Readonly<Record<string, string>> = {
  metric: 'Metric',
  functions: 'Functions',
  labels: 'Labels',
  unit: 'Unit',
  stepMs: 'Window',
  settleMs: 'Wait',
  limit: 'Most series',
};

function placeOf([first]: readonly PropertyKey[]): string {
  const name = NAMES[String(first ?? '')];
  return name === undefined ? '' : `${name}: `;
}
