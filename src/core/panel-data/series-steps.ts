import type { Reducer, Transformation } from '#core/api/panel-display.ts';
import type { Labels } from '#core/model/labels.ts';
import { namePattern } from './name-pattern.ts';
import { reduceValues } from './reduce-values.ts';

/** Where values come from: a series that was answered, a number, two with an operator, or many by a figure. */
export type Column =
  | { readonly index: number }
  | { readonly number: number }
  | { readonly left: Column; readonly operator: Operator; readonly right: Column }
  | { readonly figure: Reducer; readonly of: readonly Column[] };

export type Operator = '+' | '-' | '*' | '/';

/** A series of a panel, by where its values come from. */
export type PlannedSeries = {
  readonly key: string;
  readonly name: string;
  readonly labels: Labels;
  readonly query: number;
  readonly before?: string;
  readonly column: Column;
};

type Answered = Omit<PlannedSeries, 'column'>;
type Step<Kind extends Transformation['kind']> = Extract<Transformation, { kind: Kind }>;

const TABLE_STEPS: ReadonlySet<Transformation['kind']> = new Set([
  'reduce',
  'organise',
  'join-by-time',
  'join-by-label',
  'merge',
  'rows',
  'group',
  'where',
]);

export type SplitSteps = { readonly series: readonly Transformation[]; readonly table: readonly Transformation[] };

/** The steps that act on series, and those from the first on that makes a table of them. */
export function splitSteps(steps: readonly Transformation[]): SplitSteps {
  const first = steps.findIndex(({ kind }) => TABLE_STEPS.has(kind));
  return first < 0 ? { series: steps, table: [] } : { series: steps.slice(0, first), table: steps.slice(first) };
}

/** Which series are there after the steps, and where their values come from. `latest` is for steps that sort by value. */
export function planSeries(
  answered: readonly Answered[],
  steps: readonly Transformation[],
  latest: (column: Column) => number,
): readonly PlannedSeries[] {
  const start: readonly PlannedSeries[] = answered.map((series, index) => ({ ...series, column: { index } }));
  return steps.reduce((series, step) => applied(series, step, latest), start);
}

function applied(
  series: readonly PlannedSeries[],
  step: Transformation,
  latest: (column: Column) => number,
): readonly PlannedSeries[] {
  switch (step.kind) {
    case 'filter': {
      const pattern = namePattern(step.pattern);
      return pattern === undefined ? series : series.filter(({ name }) => pattern.test(name) !== step.exclude);
    }
    case 'rename': {
      const pattern = namePattern(step.pattern);
      return pattern === undefined
        ? series
        : series.map((each) => ({ ...each, name: each.name.replace(pattern, step.to) }));
    }
    case 'calculate':
      return calculated(series, step);
    case 'combine':
      return combined(series, step);
    case 'sort':
      return sorted(series, step, latest);
    case 'limit':
      return series.slice(0, step.count);
    default:
      return series;
  }
}

function calculated(series: readonly PlannedSeries[], step: Step<'calculate'>): readonly PlannedSeries[] {
  const left = series.find(({ name }) => name === step.left);
  const right = series.find(({ name }) => name === step.right)?.column ?? numberColumn(step.right);
  if (left === undefined || right === undefined) return series;
  const name = step.name === '' ? `${step.left} ${step.operator} ${step.right}` : step.name;
  return withMade(series, { ...left, name, column: { left: left.column, operator: step.operator, right } }, step.only);
}

function combined(series: readonly PlannedSeries[], step: Step<'combine'>): readonly PlannedSeries[] {
  const members = step.of.length === 0 ? series : series.filter(({ name }) => step.of.includes(name));
  const [first] = members;
  if (first === undefined) return series;
  const column: Column = { figure: step.figure, of: members.map((member) => member.column) };
  return withMade(series, { ...first, name: step.name || step.figure, column }, step.only);
}

type Made = Pick<PlannedSeries, 'name' | 'query' | 'column'>;

function withMade(series: readonly PlannedSeries[], { name, query, column }: Made, only: boolean): PlannedSeries[] {
  const made: PlannedSeries = { key: `calculated ${name}`, name, labels: {}, query, column };
  return only ? [made] : [...series.filter(({ key }) => key !== made.key), made];
}

function numberColumn(text: string): Column | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? undefined : { number };
}

function sorted(
  series: readonly PlannedSeries[],
  { by, descending }: Step<'sort'>,
  latest: (column: Column) => number,
): readonly PlannedSeries[] {
  const sign = descending ? -1 : 1;
  if (by === '') {
    const values = new Map(series.map((each) => [each, latest(each.column)]));
    return series.toSorted((a, b) => byNumber(values.get(a), values.get(b), sign));
  }
  const text = ({ name, labels }: PlannedSeries): string => labels[by] ?? name;
  return series.toSorted((a, b) => sign * text(a).localeCompare(text(b), undefined, { numeric: true }));
}

/** The order of two numbers; what is none comes last. */
export function byNumber(a: number | undefined, b: number | undefined, sign: number): number {
  const [left, right] = [a ?? Number.NaN, b ?? Number.NaN];
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return sign * (left - right);
}

/** The values of a column; of one that was answered the same array. */
export function columnValues(column: Column, values: readonly Float64Array[]): Float64Array {
  if ('index' in column) return values[column.index] ?? new Float64Array(values[0]?.length ?? 0).fill(Number.NaN);
  if ('number' in column) return new Float64Array(values[0]?.length ?? 0).fill(column.number);
  if ('figure' in column) return combinedValues(column.of, column.figure, values);
  const left = columnValues(column.left, values);
  const right = columnValues(column.right, values);
  return left.map((value, index) => calculate(value, column.operator, right[index] as number));
}

function combinedValues(of: readonly Column[], figure: Reducer, values: readonly Float64Array[]): Float64Array {
  const members = of.map((column) => columnValues(column, values));
  const made = new Float64Array(values[0]?.length ?? 0);
  const row = new Float64Array(members.length);
  for (let at = 0; at < made.length; at++) {
    for (let i = 0; i < members.length; i++) row[i] = members[i]?.[at] ?? Number.NaN;
    made[at] = reduceValues(row, figure);
  }
  return made;
}

/** One value of two. */
export function calculate(left: number, operator: Operator, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? Number.NaN : left / right;
  }
}
