import { useState } from 'react';
import type { CatalogueEntry } from '#core/api/collectors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './collectors.module.css';
import { EMPTY_DRAFT, type TargetDraft } from './target-draft.ts';
import { TargetForm } from './target-form.tsx';

type AddDialogProps = {
  readonly catalogue: readonly CatalogueEntry[];
  /** Already chosen: what was found on the host. */
  readonly chosen?: { readonly collector: string; readonly draft: TargetDraft } | undefined;
  readonly onClose: () => void;
};

/** Adds a target: which collector, then its form. */
export function AddDialog({ catalogue, chosen, onClose }: AddDialogProps) {
  const [collector, setCollector] = useState(chosen?.collector);
  const entry = catalogue.find(({ id }) => id === collector);
  if (entry === undefined) {
    return (
      <Dialog title="Add a target" onClose={onClose} wide>
        <Catalogue catalogue={catalogue} onChoose={setCollector} />
      </Dialog>
    );
  }
  return (
    <Dialog title={`Add ${entry.title}`} onClose={onClose} wide>
      <TargetForm entry={entry} draft={chosen?.draft ?? EMPTY_DRAFT} onDone={onClose} />
    </Dialog>
  );
}

type CatalogueProps = Pick<AddDialogProps, 'catalogue'> & { readonly onChoose: (collector: string) => void };

function Catalogue({ catalogue, onChoose }: CatalogueProps) {
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/);
  const fitting = catalogue.filter(({ id, title, summary, group, isRemote }) => {
    const hay = `${id} ${title} ${summary} ${group}`.toLowerCase();
    return isRemote && words.every((word) => hay.includes(word));
  });
  const groups = [...new Set(fitting.map(({ group }) => group))].sort();
  return (
    <div className={styles.catalogue}>
      <Field
        label="What is to be collected?"
        type="search"
        value={text}
        placeholder="redis"
        onChange={({ target }) => setText(target.value)}
      />
      {groups.length === 0 && <p className={styles.quiet}>No collector fits.</p>}
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3>{group}</h3>
          <ul className={styles.entries}>
            {fitting
              .filter((entry) => entry.group === group)
              .map(({ id, title, summary, metrics, alerts }) => (
                <li key={id}>
                  <Button className={styles.entry} onClick={() => onChoose(id)}>
                    <strong>{title}</strong>
                    <span className={styles.small}>
                      {summary} {metrics} metrics, {alerts} alerts.
                    </span>
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
