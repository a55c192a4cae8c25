import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { PathNode } from '#core/api/query.ts';
import type { FunctionHelp } from '#core/api/text-query.ts';
import type { ApiClient } from '#web/data/api-client.ts';

const NODES = 100;

const graphiteLanguage = StreamLanguage.define<object>({
  name: 'graphite',
  startState: () => ({}),
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(\\.|[^"\\])*"?/) || stream.match(/^'(\\.|[^'\\])*'?/)) return 'string';
    if (stream.match(/^[A-Za-z_]\w*(?=\s*\()/)) return 'keyword';
    if (stream.match(/^(true|false|none)\b/i)) return 'bool';
    if (stream.match(/^\w+(?=\s*=)/)) return 'propertyName';
    if (stream.match(/^-?\d+(\.\d+)?(e[+-]?\d+)?(?=[\s,)]|$)/)) return 'number';
    if (stream.match(/^[(),|=]/)) return 'punctuation';
    if (stream.match(/^[^\s(),|='"]+/)) return 'variableName';
    stream.next();
    return null;
  },
});

/** Graphite targets: functions with their signatures, paths from the tree. */
export function graphiteExtension(api: ApiClient, functions: () => Promise<readonly FunctionHelp[]>): Extension {
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const written = context.matchBefore(/[\w.:$*?[\]{}-]*/);
    if (written === null || isInText(context)) return null;
    if (written.text === '' && !context.explicit) return null;
    const [paths, known] = await Promise.all([pathsOf(api, written.text), functions()]).catch(() => [[], []] as const);
    const low = written.text.toLowerCase();
    const calls = written.text.includes('.') ? [] : known.filter(({ name }) => name.toLowerCase().startsWith(low));
    const options = [...calls.map(callOf), ...paths];
    return context.aborted || options.length === 0 ? null : { from: written.from, options, filter: false };
  };
  return [graphiteLanguage, autocompletion({ override: [complete], icons: false, activateOnTyping: true })];
}

const callOf = ({ name, signature, help }: FunctionHelp): Completion => ({
  label: name,
  apply: `${name}(`,
  type: 'function',
  detail: signature.slice(name.length),
  info: help,
});

async function pathsOf(api: ApiClient, written: string): Promise<Completion[]> {
  const dot = written.lastIndexOf('.');
  const query = { parent: dot < 0 ? '' : written.slice(0, dot), prefix: written.slice(dot + 1), limit: NODES };
  const nodes = await api.json<readonly PathNode[]>('/api/query/paths', { query });
  return nodes.map(({ path, node, leaf }) => {
    const label = dot < 0 ? path : `${written.slice(0, dot)}.${node}`;
    return { label, apply: leaf ? label : `${label}.`, type: 'variable' };
  });
}

function isInText({ state, pos }: CompletionContext): boolean {
  const before = state.doc.sliceString(0, pos);
  return (before.match(/"/g)?.length ?? 0) % 2 === 1 || (before.match(/'/g)?.length ?? 0) % 2 === 1;
}
