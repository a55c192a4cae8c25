import type { RecordingRule } from '#core/api/recording.ts';
import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { PromEngine } from '#query/promql/engine.ts';
import type { TextQueries } from '#query/text/index.ts';

/** What rules are evaluated by. */
export type RuleLanguages = { readonly engine: PromEngine; readonly texts: Pick<TextQueries, 'range' | 'check'> };

/** A value that a query has at one time. */
export type FoundValue = { readonly labels: Labels; readonly value: number | NativeHistogram };

export type Moment = {
  readonly rule: RecordingRule;
  /** Time of the evaluation, ms. */
  readonly at: number;
  readonly intervalMs: number;
  readonly limit: number;
  readonly signal: AbortSignal;
};

/** Queries on a grid look back so far at least: the usual distance of Graphite's data. */
const LEAST_LOOK_BACK_MS = 60_000;

/** The values of a rule's query at a time. Throws `bad_query` and what the language throws. */
export function findValues(languages: RuleLanguages, moment: Moment): Promise<readonly FoundValue[]> {
  return moment.rule.language === 'promql' ? promqlValues(languages, moment) : gridValues(languages, moment);
}

async function promqlValues({ engine }: RuleLanguages, { rule, at, signal }: Moment): Promise<readonly FoundValue[]> {
  const steps = { start: at, step: 0, count: 1 };
  const { value } = await engine.evaluate({ expr: engine.parse(rule.expr), text: rule.expr, steps, signal });
  if (value.kind === 'scalar') return [{ labels: {}, value: value.values[0] ?? Number.NaN }];
  if (value.kind !== 'vector') throw new AppError('bad_query', 'a rule records an instant vector or a scalar');
  return value.series.flatMap(({ labels, present, values, histograms }) =>
    present[0] === 1 ? [{ labels, value: histograms?.[0] ?? values[0] ?? Number.NaN }] : [],
  );
}

/** The last value of each series in the steps that end at the time. */
async function gridValues({ texts }: RuleLanguages, moment: Moment): Promise<readonly FoundValue[]> {
  const { rule, at, intervalMs, limit, signal } = moment;
  const span = Math.max(intervalMs, LEAST_LOOK_BACK_MS);
  const maxPoints = Math.ceil(span / intervalMs);
  const range = { from: at - span, to: at - 1, maxPoints, limit, timeZone: 'UTC' };
  const { header, columns } = await texts.range({ language: rule.language, text: rule.expr, ...range }, signal);
  if (header.type !== 'range') throw new AppError('bad_query', 'a rule records series');
  if (header.truncated) {
    throw new AppError('limit_series', `the rule gives more series than its limit, ${limit}`, { details: { limit } });
  }
  return header.series.flatMap(({ labels }, i) => {
    const value = columns[i]?.findLast((one) => !Number.isNaN(one));
    return value === undefined ? [] : [{ labels, value }];
  });
}

/**
 * The labels under which a value is recorded: the rule's own win, empty ones go. In Graphite `$name` in the name is how the
 * query names the series (`a.b;tag=x` has the label `tag`).
 */
export function recordedLabels(labels: Labels, { language, record, labels: own }: RecordingRule): Labels {
  const { [NAME_LABEL]: found = '', ...rest } = labels;
  if (language !== 'graphite') return withoutEmpty({ ...rest, ...own, [NAME_LABEL]: record });
  const [name = '', ...tags] = record.replaceAll('$name', () => found).split(';');
  const tagged = tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)] as const);
  return withoutEmpty({ ...rest, ...Object.fromEntries(tagged), ...own, [NAME_LABEL]: name });
}

const withoutEmpty = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([label, value]) => label !== '' && value !== ''));
