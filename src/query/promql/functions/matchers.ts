import { RE2JS } from 're2js';
import type { Matcher } from '#core/metric-query/query.ts';

/** Whether a text satisfies all matchers, whatever label they are for. */
export function matchesAll(matchers: readonly Matcher[], text: string): boolean {
  return matchers.every(({ op, value }) => {
    switch (op) {
      case '=':
        return text === value;
      case '!=':
        return text !== value;
      case '=~':
        return RE2JS.compile(value, RE2JS.DOTALL).matches(text);
      case '!~':
        return !RE2JS.compile(value, RE2JS.DOTALL).matches(text);
    }
  });
}
