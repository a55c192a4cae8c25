import type { TakePair } from './key-values.ts';

type Part = {
  readonly name: string;
  readonly mode: '' | '+' | '?' | '&' | '*';
  readonly padded: boolean;
  readonly until: string;
};

/**
 * A dissect pattern, as Logstash and Beats know it: `%{a} [%{b}] %{+a} %{?skip} %{c->}`; `*k`/`&k` take a name and its value.
 * Throws Error for a pattern without keys or with two keys side by side.
 */
export function compileDissect(pattern: string): (text: string, take: TakePair) => boolean {
  const first = pattern.indexOf('%{');
  if (first < 0) throw new Error(`dissect ${pattern}: no %{key}`);
  const prefix = pattern.slice(0, first);
  const parts = [...pattern.matchAll(/%\{([+?&*]?)([^}]*?)(?:\/\d+)?(->)?\}((?:(?!%\{)[\s\S])*)/g)].map(
    ([, mode = '', name = '', padded, until = '']): Part => ({
      name,
      mode: mode as Part['mode'],
      padded: padded !== undefined,
      until,
    }),
  );
  parts.slice(0, -1).forEach(({ name, until }) => {
    if (until === '') throw new Error(`dissect ${pattern}: nothing stands after %{${name}}`);
  });
  return (text, take) => {
    if (!text.startsWith(prefix)) return false;
    const values = cut(text, prefix.length, parts);
    if (values === undefined) return false;
    put(parts, values, take);
    return true;
  };
}

function cut(text: string, from: number, parts: readonly Part[]): string[] | undefined {
  const values: string[] = [];
  let at = from;
  for (const { until, padded } of parts) {
    const end = until === '' ? text.length : text.indexOf(until, at);
    if (end < 0) return undefined;
    values.push(text.slice(at, end));
    at = end + until.length;
    if (padded && until !== '') at = pastRepeats(text, at, until);
  }
  return values;
}

function pastRepeats(text: string, from: number, until: string): number {
  let at = from;
  while (text.startsWith(until, at)) at += until.length;
  return at;
}

function put(parts: readonly Part[], values: readonly string[], take: TakePair): void {
  const named = new Map<string, string>();
  const keys = new Map<string, string>();
  parts.forEach(({ name, mode }, i) => {
    const value = values[i] ?? '';
    if (mode === '*') keys.set(name, value);
    else if (mode === '+') named.set(name, named.has(name) ? `${named.get(name) ?? ''} ${value}` : value);
    else if (mode === '' && name !== '') named.set(name, value);
  });
  parts.forEach(({ name, mode }, i) => {
    const key = mode === '&' ? keys.get(name) : undefined;
    if (key !== undefined) named.set(key, values[i] ?? '');
  });
  for (const [name, value] of named) take(name, value);
}
