import type { Transformation } from '#core/api/panel-display.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { exactly } from './name-patterns.ts';
import type { Converted, StepContext, StepConverter } from './step-converter.ts';
import { chosenKeys, listOf, nameChoice, reducerOf, textsOf } from './step-options.ts';

const OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '/']);
/** Panels that show one figure a series: what reduces series is what they do by themselves. */
const FIGURE_PANELS = new Set(['stat', 'gauge', 'bargauge', 'piechart', 'barchart']);

/** What Grafana calls a figure that has no name. */
const FIGURE_NAMES: Readonly<Record<string, string>> = {
  sum: 'Total',
  mean: 'Mean',
  min: 'Min',
  max: 'Max',
  count: 'Count',
  last: 'Last',
  lastNotNull: 'Last *',
  first: 'First',
  firstNotNull: 'First *',
};

/** Transformations that series can take part in, in charts and in tables. */
export const SERIES_STEPS: Readonly<Record<string, StepConverter>> = {
  filterFieldsByName: filterByName,
  filterByName,
  renameByRegex: (options) => {
    const [pattern = '', to = ''] = [options.text('regex'), options.text('renamePattern')];
    return pattern === '' ? { steps: [] } : { steps: [{ kind: 'rename', pattern, to }] };
  },
  calculateField,
  filterByRefId: (options) => {
    const wanted = options.text('include') ?? '';
    const letters = new Set(wanted.split('|'));
    return wanted === '' ? { steps: [] } : { steps: [], hidden: (refId) => !letters.has(refId) };
  },
  organize: organiseSeries,
  sortBy: sortSeries,
  limit: (options, { panelType }) =>
    FIGURE_PANELS.has(panelType)
      ? { steps: [limitOf(options)], but: 'so many series' }
      : { reason: 'points of a chart are not limited: the time range says how many there are' },
  merge: sharedTimes,
  joinByField: sharedTimes,
  seriesToColumns: sharedTimes,
  labelsToFields: () => ({ steps: [], but: 'series are named by their legends' }),
  reduce: (options, { panelType }) => {
    if (!FIGURE_PANELS.has(panelType)) return { reason: 'only tables show rows here' };
    const [reducer = 'lastNotNull'] = listOf(options, 'reducers');
    return { steps: [], but: `the figure of the panel is shown: choose it there (${reducer})` };
  },
};

/** The limit of rows or series. */
export function limitOf(options: JsonReader): Transformation {
  const count = Math.round(options.number('limitField') ?? 10);
  return { kind: 'limit', count: Math.min(10_000, Math.max(1, count)) };
}

function sharedTimes(): Converted {
  return { steps: [] };
}

function filterByName(options: JsonReader, { column }: StepContext): Converted {
  const variable = options.text('variable') ?? '';
  if (options.flag('byVariable') === true && variable !== '') return { reason: `by the value of ${variable}` };
  const steps = (['include', 'exclude'] as const).flatMap((path): Transformation[] => {
    const pattern = nameChoice(options, path, column);
    return pattern === undefined ? [] : [{ kind: 'filter', pattern, exclude: path === 'exclude' }];
  });
  return { steps };
}

/** What names, hides and orders columns does so with series, but for their order. */
function organiseSeries(options: JsonReader): Converted {
  const hidden = chosenKeys(options, 'excludeByName').filter((name) => name !== 'Time');
  const renames = textsOf(options, 'renameByName').map(
    ([from, to]): Transformation => ({ kind: 'rename', pattern: exactly([from]), to: to.replaceAll('$', '$$$$') }),
  );
  const filter: Transformation[] =
    hidden.length === 0 ? [] : [{ kind: 'filter', pattern: exactly(hidden), exclude: true }];
  return { steps: [...filter, ...renames] };
}

function sortSeries(options: JsonReader, { panelType }: StepContext): Converted {
  const [first] = options.items('sort');
  const field = first?.text('field') ?? '';
  if (field === '' || field === 'Time') return { steps: [] };
  if (!FIGURE_PANELS.has(panelType)) return { reason: 'the points of a chart are in the order of time' };
  const step: Transformation = { kind: 'sort', by: '', descending: first?.flag('desc') === true };
  return { steps: [step], but: 'series by their newest value' };
}

function calculateField(options: JsonReader, context: StepContext): Converted {
  const mode = options.text('mode') ?? 'reduceRow';
  const only = options.flag('replaceFields') === true;
  const name = (options.text('alias') ?? '').slice(0, 200);
  if (mode === 'binary') return binary(options.at('binary'), { name, only }, context);
  if (mode !== 'reduceRow' && mode !== 'cumulativeFunctions')
    return { reason: `the mode ${mode} is not known: write it in the query` };
  if (mode === 'cumulativeFunctions') return { reason: 'running totals are to be written in the query' };
  const reduce = options.at('reduce');
  const reducer = reduce.text('reducer') ?? 'sum';
  const figure = reducerOf(reducer);
  if (figure === undefined) return { reason: `the figure ${reducer} is not known: write it in the query` };
  const of = listOf(reduce, 'include').map(context.column);
  return { steps: [{ kind: 'combine', of, figure, name: name || (FIGURE_NAMES[reducer] ?? reducer), only }] };
}

type Made = { readonly name: string; readonly only: boolean };

function binary(options: JsonReader, { name, only }: Made, { column }: StepContext): Converted {
  const operator = options.text('operator') ?? '+';
  const [left, right] = [operandOf(options.at('left').value, column), operandOf(options.at('right').value, column)];
  if (!OPERATORS.has(operator)) return { reason: `the operator ${operator} is not known: write it in the query` };
  if (left === undefined || right === undefined) return { reason: 'it is calculated for all fields of a type' };
  if (left === '' || right === '') return { reason: 'it does not say what is calculated' };
  const step = { kind: 'calculate', left, operator: operator as '+' | '-' | '*' | '/', right, name, only } as const;
  return { steps: [step] };
}

/** A name, a number, or since version 11 an object with a matcher or a fixed value. */
function operandOf(value: unknown, column: (name: string) => string): string | undefined {
  if (typeof value === 'string') return column(value);
  if (!isObject(value)) return '';
  if (value['fixed'] !== undefined && value['fixed'] !== '') return asText(value['fixed']);
  const matcher = value['matcher'];
  if (!isObject(matcher)) return '';
  return matcher['id'] === 'byName' ? column(asText(matcher['options'] ?? '')) : undefined;
}
