import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { QueryProblem } from '#web/charts/parse-queries.ts';
import { styleNonce } from '#web/charts/style-nonce.ts';
import { useApi } from '#web/data/data-context.ts';
import { completionSource } from './query-completion.ts';
import { editorTheme, metricLanguage, queryHighlight } from './query-highlight.ts';

export type QueryEditorProps = {
  readonly label: string;
  readonly text: string;
  readonly problem: QueryProblem | undefined;
  readonly onChange: (text: string) => void;
  /** Enter, or leaving the field. */
  readonly onSubmit: (text: string) => void;
};

const markProblem = StateEffect.define<number | undefined>();

/** Underlines from where the query cannot be read. */
const problemField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markProblem)) continue;
      const { length } = transaction.newDoc;
      const from = effect.value === undefined ? undefined : Math.min(effect.value, Math.max(0, length - 1));
      next =
        from === undefined || length === 0
          ? Decoration.none
          : Decoration.set([Decoration.mark({ class: 'cm-problem' }).range(from, Math.min(length, from + 1))]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A query of one line with colours and completion. */
export function QueryEditor(props: QueryEditorProps) {
  const { label, text, problem } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const actions = useRef(props);
  const api = useApi();
  useEffect(() => {
    actions.current = props;
  });
  useEffect(() => {
    if (host.current === null) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: actions.current.text,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          history(),
          metricLanguage,
          syntaxHighlighting(queryHighlight),
          editorTheme,
          problemField,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
          autocompletion({ override: [completionSource(api)], icons: false, activateOnTyping: true }),
          Prec.high(keymap.of(completionKeymap)),
          keymap.of([
            { key: 'Enter', run: ({ state }) => submit(state.doc.toString()) },
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            const next = update.state.doc.toString();
            if (update.docChanged && next !== actions.current.text) actions.current.onChange(next);
            if (update.focusChanged && !update.view.hasFocus) submit(next);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();

    function submit(next: string): boolean {
      actions.current.onSubmit(next);
      return true;
    }
  }, [api, label]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  const position = problem?.position;
  useEffect(
    () => view.current?.dispatch({ effects: markProblem.of(text === '' ? undefined : position) }),
    [position, text],
  );
  return <div ref={host} />;
}
