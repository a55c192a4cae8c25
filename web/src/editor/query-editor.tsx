import { Compartment } from '@codemirror/state';
import type { EditorView, ViewUpdate } from '@codemirror/view';
import { useCallback, useState } from 'react';
import type { Language } from '#core/api/text-query.ts';
import { type CallAt, callAt } from './call-at.ts';
import { type LanguageTools, loadLanguage } from './load-language.ts';
import { type TextEditorProps, useTextEditor } from './use-text-editor.ts';

type Owner = Pick<TextEditorProps, 'label' | 'text' | 'example' | 'problem' | 'onChange' | 'onSubmit'>;

export type QueryEditorProps = Owner & {
  readonly language: Language;
  readonly tools: LanguageTools;
  /** The call that the cursor is in; undefined outside of calls and without the focus. */
  readonly onCall: (call: CallAt | undefined) => void;
};

/** A query with colours and completion of its language. */
export function QueryEditor({ language, tools, onCall, ...owner }: QueryEditorProps) {
  const [slot] = useState(() => new Compartment());
  const [extension] = useState(() => slot.of([]));
  const onUpdate = ({ docChanged, selectionSet, focusChanged, view, state }: ViewUpdate): void => {
    if (!docChanged && !selectionSet && !focusChanged) return;
    onCall(view.hasFocus ? callAt(state.doc.toString(), state.selection.main.head) : undefined);
  };
  const onCreate = useCallback(
    (view: EditorView) => {
      let isOpen = true;
      void loadLanguage(language, tools).then(
        (loaded) => isOpen && view.dispatch({ effects: slot.reconfigure(loaded) }),
      );
      return () => {
        isOpen = false;
      };
    },
    [language, tools, slot],
  );
  const host = useTextEditor({ ...owner, extension, onUpdate, onCreate, isOneLine: language !== 'sql' });
  return <div ref={host} />;
}
