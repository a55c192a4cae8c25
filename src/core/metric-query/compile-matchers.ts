import { RE2JS } from 're2js';
import { type Labels, NAME_LABEL } from '../model/labels.ts';
import type { Matcher } from './query.ts';
import { PATH_LABEL } from './query.ts';

type Test = (labels: Labels) => boolean;

/** One test for all matchers, as the catalogue would select: for series that appear while somebody watches. */
export function compileMatchers(matchers: readonly Matcher[]): Test {
  const tests = matchers.map(compile);
  return (labels) => tests.every((test) => test(labels));
}

function compile({ label, op, value }: Matcher): Test {
  if (label === PATH_LABEL) {
    const glob = RE2JS.compile(globPattern(value));
    return (labels) => Object.keys(labels).length === 1 && glob.matches(labels[NAME_LABEL] ?? '');
  }
  if (op === '=') return (labels) => (labels[label] ?? '') === value;
  if (op === '!=') return (labels) => (labels[label] ?? '') !== value;
  const pattern = RE2JS.compile(value);
  const wanted = op === '=~';
  return (labels) => pattern.matches(labels[label] ?? '') === wanted;
}

/** The regular expression of a Graphite glob: `*` and `?` stay within a node, `{a,b}` are alternatives. */
function globPattern(glob: string): string {
  let depth = 0;
  return glob.replace(/\[[^\]]*\]|[^[]|\[/g, (token) => {
    if (token === '*') return '[^.]*';
    if (token === '?') return '[^.]';
    if (token === '{') return depth++ >= 0 ? '(?:' : '';
    if (token === '}' && depth > 0) return depth-- > 0 ? ')' : '';
    if (token === ',' && depth > 0) return '|';
    if (token.length > 1) return token.replace(/^\[!/, '[^');
    return token.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
}
