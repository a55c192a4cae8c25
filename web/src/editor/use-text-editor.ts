import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { Annotation, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder, type ViewUpdate } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import { styleNonce } from '#web/charts/style-nonce.ts';
import { Echoes } from './echoes.ts';
import { editorTheme, queryHighlight } from './editor-look.ts';
import { plainTyping } from './plain-typing.ts';
import { markProblem, type ProblemPlace, problemField } from './problem-marks.ts';

export type TextEditorProps = {
  readonly label: string;
  readonly text: string;
  readonly example: string;
  readonly problem: ProblemPlace | undefined;
  /** Enter submits; otherwise it begins a line, and only Ctrl-Enter submits. */
  readonly isOneLine: boolean;
  /** The language, and what else this editor can; a change makes a new editor. */
  readonly extension: Extension;
  readonly onChange: (text: string) => void;
  /** Enter or Ctrl-Enter, or leaving the field. */
  readonly onSubmit: (text: string) => void;
  readonly onUpdate?: (update: ViewUpdate) => void;
  /** What is to be done with a new editor; gives what ends it. A change makes a new editor. */
  readonly onCreate?: (view: EditorView) => () => void;
};

/** Marks changes that the owner of the text made. */
const byOwner = Annotation.define<boolean>();

/** A text that belongs to its owner, written in an editor; gives the reference of the element that it fills. */
export function useTextEditor(props: TextEditorProps) {
  const { label, text, example, isOneLine, extension, problem, onCreate } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const [echoes] = useState(() => new Echoes());
  const actions = useRef(props);
  useEffect(() => {
    actions.current = props;
  });
  useEffect(() => {
    if (host.current === null) return;
    const look = [
      extension,
      placeholder(example),
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
    ];
    const editor = createEditor(host.current, [...look, behaviour(actions, echoes, isOneLine)], actions.current.text);
    view.current = editor;
    const end = onCreate?.(editor);
    return () => {
      end?.();
      editor.destroy();
    };
  }, [label, example, isOneLine, extension, onCreate, echoes]);
  useEffect(() => {
    const editor = view.current;
    const isEcho = echoes.isEcho(text);
    if (isEcho || editor === null || editor.state.doc.toString() === text) return;
    const changes = { from: 0, to: editor.state.doc.length, insert: text };
    editor.dispatch({ changes, annotations: byOwner.of(true) });
  }, [text, echoes]);
  const { position, end } = problem ?? {};
  useEffect(() => {
    const place = position === undefined || text === '' ? undefined : { position, end };
    view.current?.dispatch({ effects: markProblem.of(place) });
  }, [position, end, text]);
  return host;
}

function createEditor(parent: HTMLElement, extensions: readonly Extension[], doc: string): EditorView {
  const common = [
    EditorView.cspNonce.of(styleNonce()),
    history(),
    syntaxHighlighting(queryHighlight),
    editorTheme,
    problemField,
    plainTyping,
    EditorView.lineWrapping,
    Prec.high(keymap.of(completionKeymap)),
  ];
  return new EditorView({ parent, state: EditorState.create({ doc, extensions: [common, extensions] }) });
}

/** Keys, and what the owner is told. */
function behaviour(actions: { readonly current: TextEditorProps }, echoes: Echoes, isOneLine: boolean): Extension {
  const submit = (view: EditorView): boolean => {
    actions.current.onSubmit(view.state.doc.toString());
    return true;
  };
  const tell = (update: ViewUpdate): void => {
    if (update.docChanged && !update.transactions.some((one) => one.annotation(byOwner) === true)) {
      const next = update.state.doc.toString();
      echoes.tell(next);
      actions.current.onChange(next);
    }
    if (update.focusChanged && !update.view.hasFocus) {
      echoes.forget();
      submit(update.view);
    }
    actions.current.onUpdate?.(update);
  };
  return [
    keymap.of([
      { key: 'Mod-Enter', run: submit },
      ...(isOneLine ? [{ key: 'Enter', run: submit }] : []),
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of(tell),
  ];
}
