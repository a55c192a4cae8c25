import { type RefObject, type SubmitEvent, useRef, useState } from 'react';
import type { CatalogueEntry } from '#core/api/collectors.ts';
import { formatStep } from '#web/format/duration.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './collectors.module.css';
import { CheckField, OptionField } from './option-field.tsx';
import { printLabels, readTarget, type TargetDraft } from './target-draft.ts';
import { TestResult } from './test-result.tsx';
import { useRemoveTarget, useSaveTarget, useTestTarget } from './use-targets.ts';

type TargetFormProps = {
  readonly entry: CatalogueEntry;
  readonly draft: TargetDraft;
  readonly onDone: () => void;
};

/** The form of a target: its options, a test of them, and saving. */
export function TargetForm({ entry, draft, onDone }: TargetFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Error>();
  const test = useTestTarget();
  const save = useSaveTarget(draft.id, onDone);
  const withRequest = (use: (request: ReturnType<typeof readTarget>) => void): void => {
    setProblem(undefined);
    try {
      const request = readRequest(form, entry);
      if (request !== undefined) use(request);
    } catch (error) {
      setProblem(error as Error);
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    withRequest(save.mutate);
  };
  const id = draft.id === undefined ? {} : { id: draft.id };
  const error = problem ?? save.error ?? test.error;
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      <p className={styles.small}>{entry.summary}</p>
      <OptionFields entry={entry} draft={draft} />
      <Settings entry={entry} draft={draft} />
      {error !== null && error !== undefined && <ErrorCard error={error} />}
      <div className={styles.buttons}>
        <Button look="solid" type="submit" disabled={save.isPending}>
          Save
        </Button>
        <Button disabled={test.isPending} onClick={() => withRequest((body) => test.mutate({ ...body, ...id }))}>
          {test.isPending ? 'Testing …' : 'Test'}
        </Button>
        {draft.id !== undefined && <RemoveButton id={draft.id} onRemoved={onDone} />}
      </div>
      {test.data !== undefined && !test.isPending && <TestResult tried={test.data} />}
    </form>
  );
}

/** What the form says; undefined when the browser found a field that is not filled in, and showed it. */
function readRequest(form: RefObject<HTMLFormElement | null>, entry: CatalogueEntry) {
  if (form.current?.reportValidity() !== true) return undefined;
  return readTarget(new FormData(form.current), entry);
}

type PartProps = Pick<TargetFormProps, 'entry' | 'draft'>;

function OptionFields({ entry, draft }: PartProps) {
  const { properties, required } = entry.options;
  const all = Object.entries(properties);
  const field = ([name, option]: (typeof all)[number]) => (
    <OptionField
      key={name}
      name={name}
      option={option}
      isRequired={required.includes(name)}
      value={draft.options[name]}
      isSet={draft.secretsSet?.includes(name) === true}
    />
  );
  const rare = all.filter(([, option]) => option.rare === true);
  return (
    <>
      <div className={styles.fields}>{all.filter(([, option]) => option.rare !== true).map(field)}</div>
      {rare.length > 0 && (
        <details className={styles.rare} open={rare.some(([name]) => draft.options[name] !== undefined)}>
          <summary>Login and TLS details</summary>
          <div className={styles.fields}>{rare.map(field)}</div>
        </details>
      )}
    </>
  );
}

function Settings({ entry, draft }: PartProps) {
  return (
    <details className={styles.rare} open={draft.interval !== undefined || Object.keys(draft.labels).length > 0}>
      <summary>Interval and labels</summary>
      <div className={styles.fields}>
        <Field
          label="Every"
          name="interval"
          defaultValue={draft.interval ?? ''}
          placeholder={formatStep(entry.intervalMs)}
          hint="like 10s or 1m"
        />
        <Field
          label="Timeout"
          name="timeout"
          defaultValue={draft.timeout ?? ''}
          placeholder="10 s"
          hint="at most 0.8 of the interval"
        />
        <Field
          label="Labels"
          name="labels"
          defaultValue={printLabels(draft.labels)}
          placeholder="env=prod, team=web"
          hint="on all series of this target"
        />
        <CheckField name="enabled" label="Switched on" isChecked={draft.enabled} />
      </div>
    </details>
  );
}

function RemoveButton({ id, onRemoved }: { id: string; onRemoved: () => void }) {
  const [asks, setAsks] = useState(false);
  const removal = useRemoveTarget(onRemoved);
  return (
    <span className={styles.right}>
      {removal.error !== null && <span className={styles.error}>{removal.error.message} </span>}
      <Button look="danger" disabled={removal.isPending} onClick={() => (asks ? removal.mutate(id) : setAsks(true))}>
        {asks ? 'Really remove' : 'Remove'}
      </Button>
    </span>
  );
}
