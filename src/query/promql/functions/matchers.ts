import { RE2JS } from 're2js';
import type { Matcher } from '#core/metric-query/query.ts';

/** A test whether a text satisfies all matchers, whatever label they are for. */
export function compileMatchers(matchers: readonly Matcher[]): (text: string) => boolean {
  const tests = matchers.map(compile);
  return (text) => tests.every((test) => test(text));
}

/** Whether one text satisfies all matchers; for many texts compile them once. */
export function matchesAll(matchers: readonly Matcher[], text: string): boolean {
  return compileMatchers(matchers)(text);
}

function compile({ op, value }: Matcher): (text: string) => boolean {
  if (op === '=') return (text) => text === value;
  if (op === '!=') return (text) => text !== value;
  const pattern = RE2JS.compile(value, RE2JS.DOTALL);
  const isWanted = op === '=~';
  return (text) => pattern.matches(text) === isWanted;
}
