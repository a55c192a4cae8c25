import { acceptCompletion } from '@codemirror/autocomplete';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { useMemo } from 'react';
import { useTextEditor } from '#web/editor/use-text-editor.ts';
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
export function LogEditor({ text, problemAt, source, onChange, onSubmit }: LogEditorProps) {
  const extension = useMemo(
    () => [logExtension(source), Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }]))],
    [source],
  );
  const host = useTextEditor({
    label: 'Log query',
    example: 'level:error host:web* "free text" status:>=500 -path:"/health" | stats count() by host',
    problem: problemAt === undefined ? undefined : { position: problemAt },
    isOneLine: true,
    ...{ text, extension, onChange, onSubmit },
  });
  return <div ref={host} />;
}
