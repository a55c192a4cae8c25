import { ALL_VALUES, type Variable } from '#core/api/dashboard.ts';

/** Several values as one text, for the URL and the default: commas between them. */
export function printChoice(values: readonly string[]): string {
  return values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
}

/** The inverse of {@link printChoice}. */
export function readChoice(text: string): string[] {
  return text === '' ? [] : text.split(',').map((value) => value.replaceAll('%2C', ',').replaceAll('%25', '%'));
}

/** What is chosen of a variable: one value, or several of which "all" is what is offered. */
export function chosenValue(
  variable: Pick<Variable, 'multi' | 'includeAll'>,
  text: string,
  offered: readonly string[],
): string | readonly string[] {
  if (variable.includeAll && text === ALL_VALUES) return offered;
  return variable.multi ? readChoice(text) : text;
}

/** Offered values that the pattern of a variable keeps: `/…/i` or bare; its first group, if any, is the value. */
export function filterOffered(values: readonly string[], regex: string): readonly string[] {
  if (regex === '') return values;
  const [, pattern = regex, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(regex) ?? [];
  const expression = readRegex(pattern, flags);
  if (expression === undefined) return values;
  const kept = values.flatMap((value) => {
    const match = expression.exec(value);
    return match === null ? [] : [match.groups?.['value'] ?? match[1] ?? value];
  });
  return [...new Set(kept)];
}

function readRegex(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags.replace('g', ''));
  } catch {
    // Half-written in the settings: everything is offered.
    return undefined;
  }
}
