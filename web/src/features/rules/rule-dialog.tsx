import { type SubmitEvent, useDeferredValue, useState } from 'react';
import type { RecordingGroup, RecordingRule } from '#core/api/recording.ts';
import { parseDuration } from '#core/units/duration.ts';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './rules.module.css';

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

/** Edits a rule, with its expression drawn as it is now. */
export function RuleDialog({ title, initial, error, isPending, onSave, onRemove, onClose }: RuleDialogProps) {
  const [expr, setExpr] = useState(initial.rule.expr);
  const [interval, setInterval] = useState(`${initial.intervalMs / 1000}s`);
  const drawn = useDeferredValue(expr);
  const intervalMs = parseDuration(interval);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (intervalMs === undefined) return;
    const record = String(form.get('record'));
    onSave({ name: String(form.get('group')), intervalMs, rule: { ...initial.rule, record, expr } });
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form className={styles.form} onSubmit={submit}>
        <Field label="Record as" name="record" defaultValue={initial.rule.record} required />
        <label className={styles.label}>
          Expression (PromQL)
          <textarea
            className={`${styles.text} ${styles.expr}`}
            value={expr}
            required
            onChange={({ target }) => setExpr(target.value)}
          />
        </label>
        {drawn.trim() !== '' && (
          <MetricChart
            title="The expression now"
            queries={[{ language: 'promql', text: drawn, legend: '' }]}
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
          <Button look="solid" type="submit" disabled={isPending}>
            Save
          </Button>
          {onRemove !== undefined && (
            <Button look="danger" disabled={isPending} onClick={onRemove}>
              Remove
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
