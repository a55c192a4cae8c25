import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Language } from '#core/api/text-query.ts';
import { styleNonce } from '#web/charts/style-nonce.ts';
import { type CallAt, callAt } from './call-at.ts';
import { editorTheme, queryHighlight } from './editor-look.ts';
import { type LanguageTools, loadLanguage } from './load-language.ts';
import { plainTyping } from './plain-typing.ts';
import { markProblem, type ProblemPlace, problemField } from './problem-marks.ts';

export type QueryEditorProps = {
  readonly language: Language;
  readonly label: string;
  readonly text: string;
  readonly example: string;
  readonly problem: ProblemPlace | undefined;
  readonly tools: LanguageTools;
  readonly onChange: (text: string) => void;
  /** Enter (Ctrl-Enter where a query has lines), or leaving the field. */
  readonly onSubmit: (text: string) => void;
  /** The call that the cursor is in; undefined outside of calls and without the focus. */
  readonly onCall: (call: CallAt | undefined) => void;
};

/** A query with colours and completion of its language. */
export function QueryEditor(props: QueryEditorProps) {
  const { language, label, text, example, problem, tools } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const actions = useRef(props);
  useEffect(() => {
    actions.current = props;
  });
  useEffect(() => {
    if (host.current === null) return;
    const editor = createEditor(host.current, { label, language, example }, actions);
    view.current = editor.view;
    let isOpen = true;
    void loadLanguage(language, tools).then((extension) => isOpen && editor.setLanguage(extension));
    return () => {
      isOpen = false;
      editor.view.destroy();
    };
  }, [label, language, example, tools]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  const { position, end } = problem ?? {};
  useEffect(() => {
    const place = position === undefined || text === '' ? undefined : { position, end };
    view.current?.dispatch({ effects: markProblem.of(place) });
  }, [position, end, text]);
  return <div ref={host} />;
}

type Look = Pick<QueryEditorProps, 'label' | 'language' | 'example'>;

function createEditor(parent: HTMLElement, look: Look, actions: { readonly current: QueryEditorProps }) {
  const slot = new Compartment();
  const submit = (view: EditorView): boolean => {
    actions.current.onSubmit(view.state.doc.toString());
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: actions.current.text,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        history(),
        slot.of([]),
        syntaxHighlighting(queryHighlight),
        editorTheme,
        problemField,
        plainTyping,
        placeholder(look.example),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': look.label, spellcheck: 'false', autocapitalize: 'off' }),
        Prec.high(keymap.of(completionKeymap)),
        keymap.of([
          { key: 'Mod-Enter', run: submit },
          ...(look.language === 'sql' ? [] : [{ key: 'Enter', run: submit }]),
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          const next = update.state.doc.toString();
          if (update.docChanged && next !== actions.current.text) actions.current.onChange(next);
          if (update.focusChanged && !update.view.hasFocus) submit(update.view);
          if (!update.docChanged && !update.selectionSet && !update.focusChanged) return;
          actions.current.onCall(update.view.hasFocus ? callAt(next, update.state.selection.main.head) : undefined);
        }),
      ],
    }),
  });
  const setLanguage = (extension: Parameters<typeof slot.reconfigure>[0]): void =>
    view.dispatch({ effects: slot.reconfigure(extension) });
  return { view, setLanguage };
}
