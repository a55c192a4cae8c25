import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A place in a text that cannot be read; `end` is exclusive, by default one sign is meant. */
export type ProblemPlace = { readonly position: number; readonly end?: number | undefined };

/** Sets or takes away the underline of what cannot be read. */
export const markProblem = StateEffect.define<ProblemPlace | undefined>();

/** Underlines where the query cannot be read. */
export const problemField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(markProblem)) next = underline(effect.value, transaction.newDoc.length);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function underline(place: ProblemPlace | undefined, length: number): DecorationSet {
  if (place === undefined || length === 0) return Decoration.none;
  const from = Math.min(place.position, length - 1);
  const to = Math.min(length, Math.max(from + 1, place.end ?? 0));
  return Decoration.set([Decoration.mark({ class: 'cm-problem' }).range(from, to)]);
}
