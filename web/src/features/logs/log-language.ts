import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { completeLogQuery } from '#core/log-query/complete.ts';
import { printFieldName, quoteLogText } from '#core/log-query/quote.ts';

/** Where completions come from: fields that lines have, and values of one of them. */
export type LogCompletionSource = {
  readonly fields: () => Promise<
    readonly { readonly name: string; readonly type: string; readonly coverage: number }[]
  >;
  readonly values: (
    field: string,
    prefix: string,
  ) => Promise<readonly { readonly value: string; readonly count: number }[]>;
};

const WORDS = /^(?:AND|OR|NOT|TO)\b/;
const PIPES =
  /^(?:where|filter|stats|timechart|rate|top|rare|sort|head|limit|fields|table|dedup|parse|by|as|from|asc|desc)\b/;

const logLanguage = StreamLanguage.define<{ isPipe: boolean }>({
  name: 'log-query',
  startState: () => ({ isPipe: false }),
  token: (stream, state) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
    if (stream.match(/^\|/)) {
      state.isPipe = true;
      return 'operator';
    }
    if (stream.match(/^\/(?:\\.|[^/\\])+\/(?=[\s)|,]|$)/)) return 'string';
    if (stream.match(WORDS) || (state.isPipe && stream.match(PIPES))) return 'keyword';
    if (state.isPipe && stream.match(/^[a-z]\w*(?=\()/)) return 'keyword';
    if (stream.match(/^[A-Za-z_@$][\w.@$/-]*(?=\s*(?:[:<>]|!?=))/)) return 'propertyName';
    if (stream.match(/^-?\d[\w.]*/)) return 'number';
    if (stream.match(/^[[\](){}:<>=!,+*?-]+/)) return 'operator';
    if (stream.match(/^[^\s()"|:<>=!,[\]{}]+/)) return 'variableName';
    stream.next();
    return null;
  },
});

/** Log queries: colours, and completion of fields, values, pipes and functions. */
export function logExtension(source: LogCompletionSource): Extension {
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = completeLogQuery(context.state.doc.toString(), context.pos);
    const { kind, from, to, prefix, field = '', words } = place;
    if (kind === 'none' || (kind === 'operator' && !context.explicit)) return null;
    if (kind === 'value') {
      const values = await source.values(field, prefix).catch(() => []);
      const options = values.map(({ value, count }) => ({
        label: value,
        apply: /^[\w.@$][\w.@$-]*$/.test(value) ? value : quoteLogText(value),
        detail: count.toLocaleString('en'),
      }));
      return { from, to, options, filter: false };
    }
    if (kind !== 'field') return { from, to, options: words.map((label) => ({ label, type: 'keyword' })) };
    if (prefix === '' && !context.explicit) return null;
    const fields = await source.fields().catch(() => []);
    const known = new Set(fields.map(({ name }) => name));
    const end = context.state.doc.sliceString(0, from).includes('|') ? '' : ':';
    const entries = [
      ...fields.map(({ name, type, coverage }) => ({
        name,
        detail: `${type} ${Math.round(coverage)} %`,
        boost: coverage,
      })),
      ...words.filter((name) => !known.has(name)).map((name) => ({ name, detail: '', boost: 0 })),
    ];
    const options = entries.map(({ name, detail, boost }) => ({
      ...{ label: name, detail, apply: printFieldName(name) + end, boost: boost / 100 },
    }));
    return { from, to, options };
  };
  return [logLanguage, autocompletion({ override: [complete], icons: false, activateOnTyping: true })];
}
