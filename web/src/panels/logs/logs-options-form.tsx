import { readLogQuery } from '#web/features/logs/query-edits.ts';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Field } from '#web/ui/field.tsx';
import { LogsOptions } from './options.ts';

/** Edits what a log panel searches for. */
export function LogsOptionsForm({ options, onChange }: OptionsFormProps) {
  const { query } = readOptions(LogsOptions, options);
  return (
    <Field
      label="Log query"
      hint="level:error host:web*"
      value={query}
      spellCheck={false}
      error={readLogQuery(query).problem?.message}
      onChange={({ target }) => onChange({ ...options, query: target.value })}
    />
  );
}
