import { useId } from 'react';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { TextOptions } from './options.ts';
import styles from './text-panel.module.css';

/** Edits the words of a text panel. */
export function TextOptionsForm({ options, onChange }: OptionsFormProps) {
  const id = useId();
  return (
    <div className={styles.editor}>
      <label htmlFor={id}>Markdown: # headings, **bold**, *italic*, `code`, [links](/explore), - lists</label>
      <textarea
        id={id}
        rows={10}
        value={readOptions(TextOptions, options).markdown}
        onChange={({ target }) => onChange({ ...options, markdown: target.value })}
      />
    </div>
  );
}
