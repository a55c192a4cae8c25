import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { LogFieldsAnswer } from '#core/api/logs.ts';
import type { LogMetricRule } from '#core/log-metrics/rule.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';
import { QueryInput } from '#web/editor/query-input.tsx';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { SaveButtons } from '#web/ui/save-buttons.tsx';
import { FunctionFields } from './function-fields.tsx';
import { LabelRows } from './label-rows.tsx';
import styles from './log-metrics.module.css';
import { type MetricDraft, readDraft } from './metric-draft.ts';
import { PreviewPanel } from './preview-panel.tsx';

type RuleEditorProps = {
  readonly title: string;
  readonly initial: MetricDraft;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSave: (rule: LogMetricRule) => void;
  readonly onRemove?: (() => void) | undefined;
  readonly onClose: () => void;
};

/** One rule beside what it would have written. */
export function RuleEditor({ title, initial, error, isPending, onSave, onRemove, onClose }: RuleEditorProps) {
  const [draft, setDraft] = useState(initial);
  const [isTold, setTold] = useState(false);
  const put = (change: Partial<MetricDraft>): void => setDraft({ ...draft, ...change });
  const fields = useFieldNames();
  const { rule, problem } = readDraft(draft);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (rule === undefined) setTold(true);
    else onSave(rule);
  };
  return (
    <div className={styles.editor}>
      <Panel title={title} menu={<Button onClick={onClose}>Back to the list</Button>}>
        <form className={styles.form} onSubmit={submit}>
          <Field
            label="Metric"
            hint="Of the series: shop_errors"
            required
            spellCheck={false}
            value={draft.metric}
            onChange={({ target }) => put({ metric: target.value })}
          />
          <Field label="What it says" value={draft.help} onChange={({ target }) => put({ help: target.value })} />
          <div className={styles.query}>
            Lines (a log query; behind | only where and parse)
            <QueryInput
              label="Log query"
              language="logs"
              lenient
              text={draft.query}
              onChange={(query) => put({ query })}
            />
          </div>
          <FunctionFields draft={draft} onChange={put} />
          <LabelRows labels={draft.labels} fields={fields} onChange={(labels) => put({ labels })} />
          <div className={styles.row}>
            <Field
              label="Window"
              hint="One sample each: 10s, 1m, 5m"
              value={draft.window}
              onChange={({ target }) => put({ window: target.value })}
            />
            <Field
              label="Wait for lines"
              hint="Later ones correct the sample"
              value={draft.wait}
              onChange={({ target }) => put({ wait: target.value })}
            />
            <Field
              label="Label sets at most"
              hint="New ones beyond are refused"
              inputMode="numeric"
              value={draft.limit}
              onChange={({ target }) => put({ limit: target.value })}
            />
          </div>
          {problem !== undefined && isTold && <output className={styles.error}>{problem}</output>}
          {error !== null && <ErrorCard error={error} />}
          <div className={styles.buttons}>
            <SaveButtons isPending={isPending} onRemove={onRemove} />
          </div>
        </form>
      </Panel>
      <PreviewPanel draft={draft} />
    </div>
  );
}

/** Fields that lines of this time have. */
function useFieldNames(): readonly string[] {
  const api = useApi();
  const time = useTime();
  const answer = useQuery({
    queryKey: ['logs', 'fields', '', time.from, time.to, 'names'],
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const body = { query: '', from: Math.floor(fromMs), to: Math.ceil(toMs) };
      return api.json<LogFieldsAnswer>('/api/logs/fields', { method: 'POST', body, signal });
    },
    staleTime: 60_000,
  });
  return (answer.data?.fields ?? []).map(({ name }) => name);
}
