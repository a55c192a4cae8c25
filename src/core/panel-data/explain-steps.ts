import type { Transformation } from '#core/api/panel-display.ts';
import { namePattern } from './name-pattern.ts';
import type { PanelTable, SeriesSet } from './panel-table.ts';
import { reduceValues } from './reduce-values.ts';
import { columnValues, type PlannedSeries, planSeries, splitSteps } from './series-steps.ts';
import { tableOfSeries } from './table-of-series.ts';
import { transformTable } from './table-steps.ts';

/** What is there after a step: series, or columns of so many rows. */
export type StepResult = {
  readonly shape: 'series' | 'table';
  /** Of the series or of the columns. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  readonly rows: number;
};

/** A step's result, and why it does nothing or not what was meant. */
export type ExplainedStep = StepResult & { readonly problem?: string };

/** What a panel's queries answered: series, or rows of SQL. */
export type StepsStart = SeriesSet | PanelTable;

/** What the queries gave. */
export function startOf(start: StepsStart): StepResult {
  return 'fields' in start ? ofTable(start) : ofSeries(start.series);
}

/** What each step makes of what the queries gave; `showsRows` = the panel's type can show a table. */
export function explainSteps(start: StepsStart, steps: readonly Transformation[], showsRows: boolean): ExplainedStep[] {
  let before = startOf(start);
  return steps.map((step, index) => {
    const after = resultOf(start, steps.slice(0, index + 1));
    const isLost = after.shape === 'table' && !showsRows;
    const problem = isLost
      ? 'only the type Table shows rows: this step and what follows it do nothing here'
      : undefined;
    const said = problem ?? problemOf(step, before, after);
    before = after;
    return said === undefined ? after : { ...after, problem: said };
  });
}

function resultOf(start: StepsStart, steps: readonly Transformation[]): StepResult {
  if ('fields' in start) return ofTable(transformTable(start, steps));
  const { series, table } = splitSteps(steps);
  const values = start.series.map((each) => each.values);
  const latest = (column: PlannedSeries['column']): number => reduceValues(columnValues(column, values), 'last');
  const planned = planSeries(start.series, series, latest);
  const [first] = table;
  if (first === undefined) return ofSeries(planned);
  const set = planned.map((each) => ({ ...each, values: columnValues(each.column, values) }));
  return ofTable(transformTable(tableOfSeries({ t: start.t, series: set }, first), table));
}

function ofSeries(series: readonly Pick<PlannedSeries, 'name' | 'labels'>[]): StepResult {
  const labels = [...new Set(series.flatMap((each) => Object.keys(each.labels)))].sort();
  return { shape: 'series', names: series.map(({ name }) => name), labels, rows: series.length };
}

function ofTable({ fields, rows }: PanelTable): StepResult {
  return { shape: 'table', names: fields.map(({ name }) => name), labels: [], rows: rows.length };
}

function problemOf(step: Transformation, before: StepResult, after: StepResult): string | undefined {
  if (before.rows === 0) return undefined;
  if ('pattern' in step && namePattern(step.pattern) === undefined) return `${step.pattern} is no regular expression`;
  const absent = namedBy(step, before).find((name) => !before.names.includes(name));
  if (absent !== undefined) return absent === '' ? 'choose what it acts on' : `nothing is called ${absent} here`;
  if (step.kind === 'join-by-label' && after.rows === 0) return `no series has the label ${step.label}`;
  const isEmpty = after.rows === 0 || after.names.length === 0;
  return isEmpty ? 'nothing is left' : undefined;
}

/** The names that a step needs. */
function namedBy(step: Transformation, before: StepResult): readonly string[] {
  switch (step.kind) {
    case 'calculate': {
      const isNumber = step.right.trim() !== '' && !Number.isNaN(Number(step.right));
      return isNumber ? [step.left] : [step.left, step.right];
    }
    case 'combine':
      return step.of;
    case 'organise': {
      const named = [...step.hidden, ...Object.keys(step.names)];
      const isKnown = before.shape === 'series' || named.some((name) => before.names.includes(name));
      return isKnown ? [] : named;
    }
    case 'group':
      return before.shape === 'table' ? step.by : [];
    case 'where':
      return before.shape === 'table' ? [step.field] : [];
    case 'sort':
      return before.shape === 'table' && step.by !== '' ? [step.by] : [];
    default:
      return [];
  }
}
