import { type SubmitEvent, useDeferredValue, useRef, useState } from 'react';
import {
  RECORDING_LANGUAGES,
  type RecordingGroup,
  type RecordingLanguage,
  type RecordingRule,
} from '#core/api/recording.ts';
import { parseDuration } from '#core/units/duration.ts';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { LANGUAGE_LABELS } from '#web/editor/languages.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import { SaveButtons } from '#web/ui/save-buttons.tsx';
import styles from './rules.module.css';

type RuleQuery = Pick<RecordingRule, 'language' | 'expr'>;

export type EditedRule = Pick<RecordingGroup, 'name' | 'intervalMs'> & { readonly rule: RecordingRule };

type RuleDialogProps = {
  readonly title: string;
  readonly initial: EditedRule;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSave: (rule: EditedRule) => void;
  readonly onRemove?: (() => void) | undefined;
  readonly onClose: () => void;
};

const CHOICES = RECORDING_LANGUAGES.map((value) => ({
  value,
  label: LANGUAGE_LABELS.find((one) => one.value === value)?.label ?? value,
}));

/** Edits a rule, with its expression drawn as it is now. */
export function RuleDialog({ title, initial, error, isPending, onSave, onRemove, onClose }: RuleDialogProps) {
  const [query, setQuery] = useState<RuleQuery>(initial.rule);
  const written = useRef<Partial<Record<RecordingLanguage, string>>>({});
  const { language, expr } = query;
  const [interval, setInterval] = useState(`${initial.intervalMs / 1000}s`);
  const drawn = useDeferredValue(query);
  const intervalMs = parseDuration(interval);
  const choose = (next: RecordingLanguage): void => {
    written.current[language] = expr;
    setQuery({ language: next, expr: written.current[next] ?? '' });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (intervalMs === undefined) return;
    const record = String(form.get('record'));
    onSave({ name: String(form.get('group')), intervalMs, rule: { ...initial.rule, language, record, expr } });
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form className={styles.form} onSubmit={submit}>
        <SelectField
          label="Language"
          value={language}
          options={CHOICES}
          onChange={({ target }) => choose(CHOICES.find(({ value }) => value === target.value)?.value ?? 'promql')}
        />
        <Field
          label="Record as"
          name="record"
          defaultValue={initial.rule.record}
          required
          hint={language === 'graphite' ? '$name is how the query names a series: totals.$name' : undefined}
        />
        <label className={styles.label}>
          Expression ({CHOICES.find(({ value }) => value === language)?.label})
          <textarea
            className={`${styles.text} ${styles.expr}`}
            value={expr}
            required
            onChange={({ target }) => setQuery({ language, expr: target.value })}
          />
        </label>
        {drawn.expr.trim() !== '' && (
          <MetricChart
            title="The expression now"
            queries={[{ language: drawn.language, text: drawn.expr, legend: '' }]}
            height={160}
          />
        )}
        <Field label="Group" name="group" defaultValue={initial.name} required />
        <Field
          label="Every"
          value={interval}
          error={intervalMs === undefined ? 'a duration such as 30s or 1m' : undefined}
          onChange={({ target }) => setInterval(target.value)}
        />
        {error !== null && <ErrorCard error={error} />}
        <div className={styles.buttons}>
          <SaveButtons isPending={isPending} onRemove={onRemove} />
        </div>
      </form>
    </Dialog>
  );
}
