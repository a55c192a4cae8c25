import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedState, CollectedValue } from '#core/plugin/collector.ts';
import type { MetricDefinition } from '#core/plugin/metric.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { POSTGRESQL_METRICS } from './metrics.ts';
import { QUESTIONS } from './questions.ts';

/** What a part of a run gives. */
export type Answer = { readonly values: readonly CollectedValue[]; readonly states: readonly CollectedState[] };

type Labels = Readonly<Record<string, string>>;
/** A column with values: `rows_total operation=inserted` is the metric without its prefix, and labels of its own. */
type Column = {
  readonly metric: string;
  readonly definition: MetricDefinition;
  readonly own: Labels;
  readonly index: number;
};

const METRICS: Readonly<Record<string, MetricDefinition>> = POSTGRESQL_METRICS;

/**
 * Rows of a question: columns named for a metric hold its values, or states as text; the other columns are labels. NULL is
 * no value. Throws `protocol` for values that are no numbers.
 */
export function parseRows({ columns, rows }: SqlRows): Answer {
  const measured = columns.flatMap(columnOf);
  const values: CollectedValue[] = [];
  const states: CollectedState[] = [];
  for (const row of rows) {
    for (const { metric, definition, own, index } of measured) {
      const text = row[index] ?? null;
      if (text === null) continue;
      const known = definition.labels.filter((label) => columns.includes(label));
      const labels = {
        ...Object.fromEntries(known.map((label) => [label, row[columns.indexOf(label)] ?? ''])),
        ...own,
      };
      if (definition.states !== undefined) states.push({ metric, labels, state: text });
      else values.push({ metric, labels, value: numberOf(metric, text) });
    }
  }
  return { values, states };
}

function columnOf(name: string, index: number): Column[] {
  const [stem = '', ...pairs] = name.split(' ');
  const metric = `postgresql_${stem}`;
  const definition = METRICS[metric];
  if (definition === undefined) return [];
  const own = Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
  return [{ metric, definition, own, index }];
}

function numberOf(metric: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw new CollectError('protocol', `PostgreSQL gave ${JSON.stringify(text.slice(0, 40))} for ${metric}`);
}

/** For the golden cases, which are answers as JSON: one for each question. */
export const parsers = Object.fromEntries(
  QUESTIONS.map(({ name }) => [name, (text: string) => parseRows(JSON.parse(text))]),
);
