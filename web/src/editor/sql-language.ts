import { autocompletion, type Completion, completeFromList } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

const KEYWORDS =
  'select from where group by order limit having with as and or not in between like ilike is null asc desc distinct join left inner on using union all case when then else end interval second minute hour day week month array offset prewhere final';
const WORD = new RegExp(`^(?:${KEYWORDS.split(' ').join('|')})\\b`, 'i');
const FUNCTIONS =
  'avg count max min sum quantile uniq any argMax argMin median toStartOfInterval toStartOfMinute toStartOfHour now toUnixTimestamp arrayJoin round if multiIf toString toFloat64';

/** Tables that user-written SQL may read, with their columns. */
const TABLES: Readonly<Record<string, { readonly help: string; readonly columns: string }>> = {
  samples: { help: 'raw samples: t, v of series id', columns: 'family id t v' },
  samples_5m: { help: 'rollups of 5 minutes', columns: 'family id t vmin vmax vsum vcnt' },
  samples_1h: { help: 'rollups of 1 hour', columns: 'family id t vmin vmax vsum vcnt' },
  series: { help: 'the catalogue of series', columns: 'family id metric labels path type unit first_seen last_seen' },
  events: { help: 'what happened', columns: 'ts kind severity message labels' },
  logs: { help: 'log records', columns: 'ts service host source severity trace_id span_id attrs body' },
};

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

/** SQL over the store: keywords, functions, tables, columns and macros. */
export function sqlExtension(): Extension {
  const columns = new Set(Object.values(TABLES).flatMap((table) => table.columns.split(' ')));
  const list: Completion[] = [
    ...Object.entries(TABLES).map(([label, { help }]) => ({ label, type: 'type', detail: help, boost: 2 })),
    ...[...columns].map((label) => ({ label, type: 'property', detail: 'column', boost: 1 })),
    ...MACROS.map(([label, detail]) => ({ label, type: 'constant', detail, boost: 2 })),
    ...FUNCTIONS.split(' ').map((label) => ({ label, apply: `${label}(`, type: 'function' })),
    ...KEYWORDS.split(' ').map((word) => ({ label: word.toUpperCase(), type: 'keyword' })),
  ];
  return [
    sqlLanguage,
    autocompletion({
      override: [(context) => (context.matchBefore(/[\w$]+/) === null && !context.explicit ? null : complete(context))],
      icons: false,
      activateOnTyping: true,
    }),
  ];

  function complete(context: Parameters<ReturnType<typeof completeFromList>>[0]) {
    const word = context.matchBefore(/[\w$]*/);
    return word === null ? null : { from: word.from, options: list, validFor: /^[\w$]*$/ };
  }
}
