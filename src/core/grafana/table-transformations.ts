import type { Reducer, Transformation } from '#core/api/panel-display.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { limitOf } from './series-transformations.ts';
import type { Converted, StepContext, StepConverter } from './step-converter.ts';
import { chosenKeys, listOf, reducerOf, textsOf } from './step-options.ts';

type Where = Extract<Transformation, { kind: 'where' }>;

/** Transformations that make or change the rows of a table. */
export const TABLE_STEPS: Readonly<Record<string, StepConverter>> = {
  merge: () => ({ steps: [{ kind: 'merge' }], shape: 'labels' }),
  labelsToFields: (options) => {
    if ((options.text('mode') ?? 'columns') === 'rows') return { reason: 'labels are columns, not rows' };
    const value = options.text('valueLabel') ?? '';
    const made = { steps: [{ kind: 'merge' }], shape: 'labels' } as const;
    return value === '' ? made : { ...made, but: `${value} is a column, its values are not columns` };
  },
  joinByField: join,
  seriesToColumns: join,
  seriesToRows: () => ({ steps: [{ kind: 'rows' }], shape: 'rows' }),
  timeSeriesTable: () => ({ steps: [{ kind: 'merge' }], shape: 'labels', but: 'the newest value, without its line' }),
  reduce,
  organize: organise,
  groupBy,
  filterByValue,
  sortBy: (options, { column }) => {
    const sorts = options.items('sort').map(
      (each): Transformation => ({
        kind: 'sort',
        by: column(each.text('field') ?? ''),
        descending: each.flag('desc') === true,
      }),
    );
    return { steps: sorts.reverse() };
  },
  limit: (options) => ({ steps: [limitOf(options)] }),
};

function join(options: JsonReader): Converted {
  const field = options.text('byField') ?? 'Time';
  if (field === 'Time' || field === 'time' || field === '')
    return { steps: [{ kind: 'join-by-time' }], shape: 'times' };
  return {
    steps: [{ kind: 'join-by-label', label: field }],
    shape: 'labels',
  };
}

function reduce(options: JsonReader): Converted {
  const ids = listOf(options, 'reducers');
  const figures = [...new Set(ids.map(reducerOf).filter((figure): figure is Reducer => figure !== undefined))];
  const unknown = ids.filter((id) => reducerOf(id) === undefined);
  if (figures.length === 0 && unknown.length > 0) return { reason: `${unknown.join(', ')} is no figure that is known` };
  const steps: Transformation[] = [{ kind: 'reduce', figures: figures.length === 0 ? ['max'] : figures }];
  const missing = unknown.length === 0 ? [] : [`without ${unknown.join(', ')}`];
  const labels = options.flag('labelsToFields') === true ? ['the labels are in the name of the series'] : [];
  const mode = options.text('mode') === 'reduceFields' ? ['a row a series, not one row of all'] : [];
  const but = [...missing, ...labels, ...mode].join('; ');
  return { steps, shape: 'figures', ...(but === '' ? {} : { but }) };
}

/** Rows by labels have neither times nor names of metrics: to leave them out is nothing to do. */
function isThere(shape: StepContext['shape']): (name: string) => boolean {
  const hasTimes = shape === 'times' || shape === 'rows';
  return (name) => name !== '__name__' && (hasTimes || !/^Time(?: \d+)?$/.test(name));
}

function organise(options: JsonReader, { column, shape }: StepContext): Converted {
  const places = options.at('indexByName').value;
  const order = isObject(places)
    ? Object.entries(places)
        .toSorted(([, a], [, b]) => Number(a) - Number(b))
        .map(([name]) => column(name))
    : [];
  const included = chosenKeys(options, 'includeByName').map(column);
  const hidden = chosenKeys(options, 'excludeByName').filter(isThere(shape)).map(column);
  const names = Object.fromEntries(textsOf(options, 'renameByName').map(([from, to]) => [column(from), to]));
  const step: Transformation = {
    kind: 'organise',
    order: [...new Set(included.length > 0 ? included : order)].slice(0, 100),
    names,
    hidden: [...new Set(hidden)].slice(0, 100),
  };
  return { steps: [step] };
}

function groupBy(options: JsonReader, { column }: StepContext): Converted {
  const { value } = options.at('fields');
  const fields = Object.entries(isObject(value) ? value : {}).filter(([, field]) => isObject(field));
  const has = (operation: string) => (entry: [string, unknown]) =>
    isObject(entry[1]) && entry[1]['operation'] === operation;
  const by = fields.filter(has('groupby')).map(([name]) => column(name));
  const figures = fields.filter(has('aggregate')).flatMap(([, field]) => {
    const list = isObject(field) ? field['aggregations'] : undefined;
    return Array.isArray(list) ? list.map(asText) : [];
  });
  const [first = 'lastNotNull', ...others] = [...new Set(figures)];
  const figure = reducerOf(first);
  if (by.length === 0) return { reason: 'it groups by nothing' };
  if (figure === undefined) return { reason: `${first} is no figure that is known` };
  const step: Transformation = { kind: 'group', by: by.slice(0, 20), figure };
  return {
    steps: [step],
    ...(others.length === 0 ? {} : { but: `only ${first} of ${[first, ...others].join(', ')}` }),
  };
}

const CONDITIONS: Readonly<Record<string, Where['is']>> = {
  equal: '=',
  notEqual: '!=',
  greater: '>',
  greaterOrEqual: '>=',
  lower: '<',
  lowerOrEqual: '<=',
  regex: 'like',
  isNull: 'empty',
  isNotNull: 'filled',
};

function filterByValue(options: JsonReader, { column }: StepContext): Converted {
  const filters = options.items('filters');
  const isAny = (options.text('match') ?? 'any') === 'any' && filters.length > 1;
  if (options.text('type') === 'exclude')
    return { reason: 'rows are kept by conditions, not left out: turn them round' };
  if (isAny) return { reason: 'all conditions must hold: write one that says either' };
  const ids = filters.map((each) => each.text('config.id') ?? '');
  const unknown = ids.filter((id) => CONDITIONS[id] === undefined);
  if (unknown.length > 0) return { reason: `the condition ${unknown.join(', ')} is not known` };
  const steps = filters.map((each, index): Transformation => {
    const value = each.at('config.options.value').value;
    const is = CONDITIONS[ids[index] ?? ''] ?? '=';
    return { kind: 'where', field: column(each.text('fieldName') ?? ''), is, value: asText(value ?? '').slice(0, 500) };
  });
  return { steps };
}
