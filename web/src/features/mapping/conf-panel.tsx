import { useState } from 'react';
import type { IngestRules, StoredIngestRules } from '#core/api/ingest-rules.ts';
import type { ConfFault } from '#core/ingest-rules/conf-lines.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { ConfText } from './conf-text.tsx';
import styles from './mapping.module.css';
import { useIngestRules } from './use-ingest-rules.ts';

/** Rules of one kind as the text of one of carbon's files. */
export type Conf = {
  /** `aggregation rules`: after "Save". */
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly note: (stored: StoredIngestRules) => string;
  readonly print: (rules: IngestRules) => string;
  readonly read: (text: string) => { readonly changed: Partial<IngestRules>; readonly faults: readonly ConfFault[] };
};

type Draft = { readonly version: number; readonly before: string; readonly text: string };

/** Edits rules of one kind as text; lines that are no rules are told. */
export function ConfPanel({ conf }: { readonly conf: Conf }) {
  const [draft, setDraft] = useState<Draft>();
  const { stored, save } = useIngestRules();
  const { data } = stored;
  const current = data === undefined ? '' : conf.print(data.rules);
  const text = draft?.text ?? current;
  const { changed, faults } = conf.read(text);
  const submit = (from: Draft): void => {
    // Saves of other rules do not stand in the way, changes of these do.
    const version = from.before === current ? (data?.version ?? 0) : from.version;
    save.mutate({ version, changed }, { onSuccess: () => setDraft(undefined) });
  };
  const edit = (next: string): void =>
    setDraft((known) => ({ ...(known ?? { version: data?.version ?? 0, before: current }), text: next }));
  return (
    <Panel
      title={conf.title}
      note={data === undefined ? '' : conf.note(data)}
      menu={
        draft !== undefined && (
          <Button look="solid" disabled={faults.length > 0 || save.isPending} onClick={() => submit(draft)}>
            Save {conf.name}
          </Button>
        )
      }
      state={queryState(stored)}
    >
      <div className={styles.stack}>
        <ConfText label={conf.label} placeholder={conf.placeholder} text={text} faults={faults} onChange={edit} />
        {save.error !== null && <ErrorCard error={save.error} />}
      </div>
    </Panel>
  );
}
