import { readNumber } from '#query/promql/parse/number-literal.ts';

/** A number with or without sign, as it stands in test scripts; throws for anything else. */
export function numberOf(text: string): number {
  const isNegative = text.startsWith('-');
  const literal = readNumber(text.replace(/^[+-]/, ''));
  if (literal === undefined || literal.isDuration) throw new Error(`not a number: ${text}`);
  return isNegative ? -literal.value : literal.value;
}
