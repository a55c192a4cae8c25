import { type LogFilter, MESSAGE_FIELD } from '#core/log-query/query.ts';

/** A piece of a text; `isHit`: it is what was searched for. */
export type TextPiece = { readonly text: string; readonly isHit: boolean };

/** The texts in messages that a filter asks for; what it excludes is not among them. */
export function soughtTexts(filter: LogFilter): readonly string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...new Set(filter.parts.flatMap(soughtTexts))];
    case 'field': {
      const { field, test } = filter;
      if (field !== MESSAGE_FIELD) return [];
      if (test.kind === 'equals') return test.text === '' ? [] : [test.text.toLowerCase()];
      if (test.kind !== 'wildcard') return [];
      return test.pattern
        .toLowerCase()
        .split(/[*?]/)
        .filter((part) => part.length > 1);
    }
    default:
      return [];
  }
}

/** A text cut where something sought begins and ends; case does not count. */
export function markSought(text: string, sought: readonly string[]): readonly TextPiece[] {
  if (sought.length === 0) return [{ text, isHit: false }];
  const escaped = [...sought]
    .sort((a, b) => b.length - a.length)
    .map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pieces = text.split(new RegExp(`(${escaped.join('|')})`, 'i'));
  return pieces
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter(({ text: piece }) => piece !== '');
}
