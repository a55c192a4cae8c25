import { acceptCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { styleNonce } from '#web/charts/style-nonce.ts';
import { editorTheme, queryHighlight } from '#web/editor/editor-look.ts';
import { plainTyping } from '#web/editor/plain-typing.ts';
import { markProblem, problemField } from '#web/editor/problem-marks.ts';
import { type LogCompletionSource, logExtension } from './log-language.ts';

export type LogEditorProps = {
  readonly text: string;
  /** Where the text cannot be read, UTF-16 offset. */
  readonly problemAt: number | undefined;
  readonly source: LogCompletionSource;
  readonly onChange: (text: string) => void;
  /** Enter, or leaving the field. */
  readonly onSubmit: (text: string) => void;
};

/** A log query with colours and completion. */
export function LogEditor(props: LogEditorProps) {
  const { text, problemAt, source } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const actions = useRef(props);
  useEffect(() => {
    actions.current = props;
  });
  useEffect(() => {
    if (host.current === null) return;
    const editor = createEditor(host.current, source, actions);
    view.current = editor;
    return () => editor.destroy();
  }, [source]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const place = problemAt === undefined || text === '' ? undefined : { position: problemAt };
    view.current?.dispatch({ effects: markProblem.of(place) });
  }, [problemAt, text]);
  return <div ref={host} />;
}

function createEditor(
  parent: HTMLElement,
  source: LogCompletionSource,
  actions: { readonly current: LogEditorProps },
): EditorView {
  const submit = (view: EditorView): boolean => {
    actions.current.onSubmit(view.state.doc.toString());
    return true;
  };
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: actions.current.text,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        history(),
        logExtension(source),
        syntaxHighlighting(queryHighlight),
        editorTheme,
        problemField,
        plainTyping,
        placeholder('level:error host:web* "free text" status:>=500 -path:"/health" | stats count() by host'),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Log query', spellcheck: 'false', autocapitalize: 'off' }),
        Prec.high(keymap.of([...completionKeymap, { key: 'Tab', run: acceptCompletion }])),
        keymap.of([
          { key: 'Enter', run: submit },
          { key: 'Mod-Enter', run: submit },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          const next = update.state.doc.toString();
          if (update.docChanged && next !== actions.current.text) actions.current.onChange(next);
          if (update.focusChanged && !update.view.hasFocus) submit(update.view);
        }),
      ],
    }),
  });
}
