import { autocompletion } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { ApiClient } from '#web/data/api-client.ts';
import { completionSource } from './metric-completion.ts';

const WORDS = /^(sum|avg|min|max|count|by|rate|increase|delta|raw)\b(?=\s*[({]|\s+by\b|$)/;

/** Colours of the metric query language: enough to see its parts. */
const metricLanguage = StreamLanguage.define<object>({
  name: 'metric-query',
  startState: () => ({}),
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(\\.|[^"\\])*"?/) || stream.match(/^'(\\.|[^'\\])*'?/)) return 'string';
    if (stream.match(WORDS)) return 'keyword';
    if (stream.match(/^(=~|!~|!=|=)/)) return 'operator';
    if (stream.match(/^[{}()[\],]/)) return 'punctuation';
    if (stream.match(/^\$\{?\w+\}?/)) return 'labelName';
    if (stream.match(/^[\w:.*?-]+(?=\s*(=|!))/)) return 'propertyName';
    if (stream.match(/^[\w:.*?-]+/)) return 'variableName';
    stream.next();
    return null;
  },
});

/** The metric query language: colours and completion from what the server has. */
export function metricExtension(api: ApiClient): Extension {
  return [metricLanguage, autocompletion({ override: [completionSource(api)], icons: false, activateOnTyping: true })];
}
