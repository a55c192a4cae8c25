import type { Colour, ValueMapping } from '#core/api/panel-display.ts';
import { namePattern } from './name-pattern.ts';

/** What is shown instead of a value; a text of '' is the value itself. */
export type MappedValue = { readonly text: string; readonly colour: Colour | undefined };

/** The first mapping that fits a value (NaN = none), or undefined. */
export function mapValue(value: number | string, mappings: readonly ValueMapping[]): MappedValue | undefined {
  for (const mapping of mappings) {
    const text = mappedText(value, mapping);
    if (text !== undefined) return { text, colour: mapping.colour };
  }
  return undefined;
}

function mappedText(value: number | string, mapping: ValueMapping): string | undefined {
  const written = String(value);
  switch (mapping.kind) {
    case 'value':
      return written === mapping.value || (mapping.value.trim() !== '' && value === Number(mapping.value))
        ? mapping.text
        : undefined;
    case 'range': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, text } = mapping;
      return typeof value === 'number' && value >= from && value <= to ? text : undefined;
    }
    case 'regex': {
      const found = Number.isNaN(value) ? null : (namePattern(mapping.pattern)?.exec(written) ?? null);
      return found === null
        ? undefined
        : mapping.text.replace(/\$(\d)/g, (_all, group: string) => found[Number(group)] ?? '');
    }
    case 'special': {
      const isInfinite = value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
      const isEmpty = Number.isNaN(value) || value === '';
      return (mapping.match === 'empty' ? isEmpty : isInfinite) ? mapping.text : undefined;
    }
  }
}
