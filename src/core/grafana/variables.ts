import { ALL_VALUES, Variable } from '#core/api/dashboard.ts';
import { type DatasourceTypes, languageOf } from './datasource.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { logVariable } from './log-variable.ts';
import { convertText, shortened } from './query-text.ts';
import type { NoteTaker } from './report.ts';

const MAX_VARIABLES = 50;
const MAX_VALUES = 1_000;

type Part = Omit<Partial<Variable>, 'kind'> & Pick<Variable, 'kind'>;
type Context = { readonly types: DatasourceTypes; readonly notes: NoteTaker; readonly what: string };

/** The variables of a dashboard; those that have no counterpart are noted. */
export function convertVariables(dashboard: JsonReader, types: DatasourceTypes, notes: NoteTaker): Variable[] {
  const variables: Variable[] = [];
  for (const source of dashboard.items('templating.list')) {
    const name = source.text('name') ?? '';
    const what = `variable ${name}`;
    const type = source.text('type') ?? 'query';
    const part = convertOne(type, source, { types, notes, what });
    const isNew = !variables.some((variable) => variable.name === name);
    const read =
      part === undefined ? undefined : Variable.safeParse({ name, ...part, ...presentation(source, what, notes) });
    source.take();
    if (read?.success === true && isNew && variables.length < MAX_VARIABLES) variables.push(read.data);
    else if (read !== undefined) notes.unsupported(what, refusal(read.success, isNew));
  }
  return variables;
}

function refusal(isRead: boolean, isNew: boolean): string {
  if (!isNew) return 'there is one of this name already';
  return isRead ? `a dashboard has ${MAX_VARIABLES} variables at most` : 'its name or its text cannot be used here';
}

function presentation(source: JsonReader, what: string, notes: NoteTaker): Partial<Variable> {
  const title = shortened(source.text('label') ?? '', 100, what, notes);
  return { title, hidden: source.number('hide') === 2 };
}

function convertOne(type: string, source: JsonReader, context: Context): Part | undefined {
  const { notes, what } = context;
  switch (type) {
    case 'query':
      return queryVariable(source, context);
    case 'custom':
      return customVariable(source, context);
    case 'interval':
      return intervalVariable(source, context);
    case 'textbox':
      return { kind: 'text', value: currentOf(source) || (source.text('query') ?? '') };
    case 'constant':
      return { kind: 'constant', value: source.text('query') ?? currentOf(source) };
    case 'switch': {
      const values = [source.text('enabledValue') ?? 'true', source.text('disabledValue') ?? 'false'];
      notes.approximated(what, 'a switch becomes a choice of two values');
      return { kind: 'custom', values, value: currentOf(source) };
    }
    case 'datasource':
      notes.kept(what, 'all data is in one store: no data source is chosen');
      return undefined;
    case 'adhoc':
      notes.approximated(what, 'filters of all queries: narrow the page by its scope instead');
      return undefined;
    default:
      notes.unsupported(what, `variables of the type ${type} are not known`);
      return undefined;
  }
}

function queryVariable(source: JsonReader, { types, notes, what }: Context): Part {
  const query = queryText(source);
  const found = languageOf(types.typeOf(source.at('datasource').value) ?? guessedType(query), {});
  const value = currentOf(source);
  const logs = 'language' in found && found.language === 'logs' ? logVariable(source, query) : undefined;
  const reason =
    'reason' in found
      ? found.reason
      : found.language === 'logs'
        ? logs === undefined && 'it lists no values of a field'
        : query === '' && 'it has no query';
  if ('reason' in found || reason !== false) {
    notes.unsupported(what, `${String(reason)}: its value is typed instead`);
    return { kind: 'text', value: value === ALL_VALUES ? '.*' : value };
  }
  const text =
    logs ?? (found.language === 'promql' ? promqlVariable(query, what, notes) : graphiteVariable(query, what, notes));
  const sort = source.number('sort') ?? 0;
  const regex = source.text('regex') ?? '';
  if (sort > 1) notes.approximated(what, 'its values stand in alphabetical order');
  if (/\(\?<(text|value)>/.test(regex)) notes.approximated(what, 'text and value of its expression are one');
  return {
    kind: 'query',
    language: found.language,
    text: convertText(text, what, notes),
    regex,
    value,
    ...choice(source, what, notes),
  };
}

/** Functions and selectors are Prometheus', everything else is a path of Graphite. */
function guessedType(query: string): string {
  return /[({]/.test(query) ? 'prometheus' : 'graphite';
}

function queryText(source: JsonReader): string {
  const query = source.at('query').value;
  if (typeof query === 'string') return query.trim();
  const inner = isObject(query) ? (query['query'] ?? query['expr'] ?? query['target']) : undefined;
  return (typeof inner === 'string' ? inner : (source.text('definition') ?? '')).trim();
}

/** Anything that is none of the data source's functions is a query whose series are listed. */
function promqlVariable(query: string, what: string, notes: NoteTaker): string {
  if (/^(label_values|label_names|metrics|query_result)\s*\(/.test(query)) return query;
  notes.approximated(what, 'the series that its query gives are listed');
  return `query_result(${query})`;
}

function graphiteVariable(query: string, what: string, notes: NoteTaker): string {
  if (/^(tags|tag_values|expand)\s*\(/.test(query))
    notes.unsupported(what, 'only paths are listed: no tags, no expand()');
  return query;
}

function customVariable(source: JsonReader, { notes, what }: Context): Part {
  const parts = splitValues(source.text('query') ?? '');
  const pairs = parts.map((part) => /^(.+?)\s+:\s+(.+)$/.exec(part));
  const values = parts.map((part, index) => pairs[index]?.[2] ?? part);
  if (pairs.some((pair) => pair !== null)) notes.approximated(what, 'its values are shown, not their names');
  if (values.length > MAX_VALUES) notes.approximated(what, `the first ${MAX_VALUES} of ${values.length} values`);
  return {
    kind: 'custom',
    values: values.slice(0, MAX_VALUES),
    value: currentOf(source),
    ...choice(source, what, notes),
  };
}

function intervalVariable(source: JsonReader, { notes, what }: Context): Part {
  const values = splitValues(source.text('query') ?? '').filter((value) => value !== 'auto');
  const isAuto = source.flag('auto') === true;
  const value = currentOf(source);
  if (isAuto) notes.approximated(what, 'auto is offered as $__interval: the step of the chart');
  const isAutoChosen = value === 'auto' || value.startsWith('$__auto');
  return {
    kind: 'interval',
    values: [...(isAuto ? ['$__interval'] : []), ...values],
    value: isAutoChosen ? '$__interval' : value,
  };
}

/** Commas separate values; one behind a backslash belongs to its value. */
function splitValues(text: string): string[] {
  const values = text.match(/(?:\\,|[^,])+/g) ?? [];
  return values.map((value) => value.replaceAll('\\,', ',').trim()).filter((value) => value !== '');
}

function choice(source: JsonReader, what: string, notes: NoteTaker): Pick<Variable, 'multi' | 'includeAll'> {
  const all = source.text('allValue') ?? '';
  if (all !== '' && all !== '.*' && all !== '.+') notes.approximated(what, `All means all that is offered, not ${all}`);
  return { multi: source.flag('multi') ?? false, includeAll: source.flag('includeAll') ?? false };
}

/** The chosen value, as a variable of ours holds it. */
function currentOf(source: JsonReader): string {
  const current = source.at('current').value;
  const value = isObject(current) ? current['value'] : current;
  const list = Array.isArray(value) ? value : [value];
  const texts = list.filter(
    (each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean',
  );
  if (texts.includes(ALL_VALUES)) return ALL_VALUES;
  if (source.flag('multi') !== true) return asText(texts[0] ?? '').slice(0, 2_000);
  return texts
    .map((each) => asText(each).replaceAll('%', '%25').replaceAll(',', '%2C'))
    .join(',')
    .slice(0, 2_000);
}
