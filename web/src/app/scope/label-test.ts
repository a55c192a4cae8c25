import type { Matcher } from '#core/metric-query/query.ts';

/** Whether a matcher of the scope lets a label's value through; a half-typed pattern lets nothing through. */
export function labelTest({ op, value }: Pick<Matcher, 'op' | 'value'>): (value: string) => boolean {
  if (op === '=') return (text) => text === value;
  if (op === '!=') return (text) => text !== value;
  const pattern = patternOf(value);
  return op === '=~' ? (text) => pattern.test(text) : (text) => !pattern.test(text);
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    return /(?!)/u;
  }
}
