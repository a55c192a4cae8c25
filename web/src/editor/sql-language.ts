import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { FunctionHelp, SqlTableHelp } from '#core/api/text-query.ts';
import { sqlPlace } from './sql-scope.ts';

const KEYWORDS =
  'select from where group by order limit having with as and or not in between like ilike is null asc desc distinct join left inner on using union all case when then else end interval second minute hour day week month array offset prewhere final';
const WORD = new RegExp(`^(?:${KEYWORDS.split(' ').join('|')})\\b`, 'i');

const MACROS: readonly (readonly [name: string, help: string])[] = [
  ['$__timeFilter(t)', 'the time range of the page'],
  ['$__from', 'start of the range, ms'],
  ['$__to', 'end of the range, ms'],
  ['$__interval', 'step of the chart, seconds'],
];

const sqlLanguage = StreamLanguage.define<object>({
  name: 'sql',
  startState: () => ({}),
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^--.*/)) return 'comment';
    if (stream.match(/^'(\\.|''|[^'\\])*'?/)) return 'string';
    if (stream.match(/^\$__\w+/)) return 'labelName';
    if (stream.match(WORD)) return 'keyword';
    if (stream.match(/^\d+(\.\d+)?/)) return 'number';
    if (stream.match(/^[\w`"]+/)) return 'variableName';
    if (stream.match(/^[-+*/%=<>!|]+/)) return 'operator';
    if (stream.match(/^[(),.[\];]/)) return 'punctuation';
    stream.next();
    return null;
  },
});

/** What the server knows of SQL. */
export type SqlSource = {
  readonly functions: () => Promise<readonly FunctionHelp[]>;
  readonly tables: () => Promise<readonly SqlTableHelp[]>;
};

/** SQL over the store: tables where tables belong, columns of those that are read, functions, keywords and macros. */
export function sqlExtension(source: SqlSource): Extension {
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w$]*/);
    const isAfterDot = context.matchBefore(/\.\w*/) !== null;
    if (word === null || (word.text === '' && !context.explicit && !isAfterDot)) return null;
    const asked = Promise.all([source.tables(), source.functions()]);
    const [tables, functions] = await asked.catch(() => [[], []] as const);
    const options = candidates(context, tables, functions);
    return context.aborted || options.length === 0 ? null : { from: word.from, options, validFor: /^[\w$]*$/ };
  };
  return [sqlLanguage, autocompletion({ override: [complete], icons: false, activateOnTyping: true })];
}

function candidates(
  { state, pos }: CompletionContext,
  tables: readonly SqlTableHelp[],
  functions: readonly FunctionHelp[],
): Completion[] {
  const place = sqlPlace(state.doc.toString(), pos, tables);
  if (place.kind === 'nothing') return [];
  if (place.kind === 'tables') return tables.map(tableOf);
  const columns = place.tables.flatMap(({ name, columns: own }) => own.map((column) => columnOf(name, column)));
  if (place.isQualified) return columns;
  return [
    ...columns,
    ...MACROS.map(([label, detail]) => ({ label, type: 'constant', detail, boost: 2 })),
    ...functions.map(functionOf),
    ...tables.map(tableOf),
    ...KEYWORDS.split(' ').map((word) => ({ label: word.toUpperCase(), type: 'keyword' })),
  ];
}

const tableOf = ({ name, help }: SqlTableHelp): Completion => ({ label: name, type: 'type', detail: help, boost: 1 });

const columnOf = (table: string, { name, type }: SqlTableHelp['columns'][number]): Completion => ({
  label: name,
  type: 'property',
  detail: `${table}: ${type}`,
  boost: 3,
});

const functionOf = ({ name, signature, help }: FunctionHelp): Completion => ({
  label: name,
  apply: `${name}(`,
  type: 'function',
  detail: signature.slice(name.length),
  info: help,
});
