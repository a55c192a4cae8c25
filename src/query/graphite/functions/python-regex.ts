import { createContext, Script } from 'node:vm';
import { RE2JS } from 're2js';
import { queryError } from '#query/graphite/query-error.ts';

const BACKTRACK_LIMIT_MS = 50;
const MAX_REPLACEMENT = 1000;
const MAX_RESULT = 64 * 1024;

type Match = { readonly start: number; readonly end: number; readonly groups: readonly (string | undefined)[] };
type FindAll = (text: string) => readonly Match[];

/** A regular expression in Python's syntax. */
export type Pattern = {
  readonly test: (text: string) => boolean;
  /** Like `re.sub`: `\1`, `\g<1>` and `\g<name>` in the replacement stand for groups. */
  readonly replace: (text: string, replacement: string) => string;
};

/**
 * Compiles a pattern in linear-time RE2; look-around and back-references, which RE2 does not have, run in the
 * backtracking engine with a time limit. Throws `bad_query` for a pattern that neither reads.
 */
export function compilePattern(source: string): Pattern {
  const findAll = linear(source) ?? backtracking(source);
  const names = [...source.matchAll(/\((?!\?(?!P?<[A-Za-z_]))(?:\?P?<(\w+)>)?/g)].map((match) => match[1]);
  return {
    test: (text) => findAll(text).length > 0,
    replace: (text, replacement) => {
      if (replacement.length > MAX_REPLACEMENT)
        throw queryError('A replacement must not be longer than 1000 characters');
      let out = '';
      let at = 0;
      for (const match of findAll(text)) {
        out += text.slice(at, match.start) + expand(replacement, match, names);
        at = match.end;
        if (out.length > MAX_RESULT) throw queryError(`Replacing '${source}' makes a name longer than ${MAX_RESULT}`);
      }
      return out + text.slice(at);
    },
  };
}

function linear(source: string): FindAll | undefined {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch {
    return undefined;
  }
  return (text) => {
    const matcher = compiled.matcher(text);
    const out: Match[] = [];
    while (matcher.find()) {
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined);
      out.push({ start: matcher.start(), end: matcher.end(), groups });
    }
    return out;
  };
}

function backtracking(source: string): FindAll {
  let regex: RegExp;
  try {
    regex = new RegExp(source.replaceAll('(?P<', '(?<').replace(/\(\?P=(\w+)\)/g, '\\k<$1>'), 'g');
  } catch (error) {
    throw queryError(`Invalid regular expression '${source}': ${String(error)}`);
  }
  const script = new Script(
    '[...text.matchAll(regex)].map((m) => ({ start: m.index, end: m.index + m[0].length, groups: [...m] }))',
  );
  const scope = { text: '', regex };
  const context = createContext(scope);
  return (text) => {
    scope.text = text;
    try {
      return script.runInContext(context, { timeout: BACKTRACK_LIMIT_MS }) as Match[];
    } catch (error) {
      throw queryError(`The regular expression '${source}' took too long on '${text.slice(0, 100)}': ${String(error)}`);
    }
  };
}

function expand(replacement: string, match: Match, names: readonly (string | undefined)[]): string {
  return replacement.replace(/\\(?:(\d{1,2})|g<(\w+)>|(.))/g, (_, digits?: string, name?: string, char?: string) => {
    if (char !== undefined) return char === '\\' ? '\\' : char === 'n' ? '\n' : char === 't' ? '\t' : `\\${char}`;
    const reference = digits ?? name ?? '';
    const index = /^\d+$/.test(reference) ? Number(reference) : names.indexOf(reference) + 1;
    const isKnown = index < match.groups.length && (index > 0 || /^0+$/.test(reference));
    if (!isKnown) throw queryError(`invalid group reference ${reference} in '${replacement}'`);
    return match.groups[index] ?? '';
  });
}
