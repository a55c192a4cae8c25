import { IconFilter, IconX } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import { Popover } from '#web/ui/popover.tsx';
import { parseScope } from './scope.ts';
import styles from './scope-filter.module.css';
import { useScope } from './use-scope.ts';

/** The filter of all pages: what it is now, and a field to change it. */
export function ScopeFilter() {
  const { text, setScope } = useScope();
  return (
    <span className={styles.filter}>
      <Popover
        label={`Scope: ${text || 'All'}`}
        className={styles.button}
        button={
          <>
            <IconFilter size={15} aria-hidden="true" />
            <span className={styles.text}>{text || 'All'}</span>
          </>
        }
      >
        {(close) => <ScopeForm close={close} />}
      </Popover>
      {text !== '' && (
        <Button look="quiet" aria-label="Clear the scope" onClick={() => setScope([])}>
          <IconX size={14} />
        </Button>
      )}
    </span>
  );
}

function ScopeForm({ close }: { close: () => void }) {
  const { text, setScope } = useScope();
  const [draft, setDraft] = useState(text);
  const matchers = parseScope(draft);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (matchers === undefined) return;
    setScope(matchers);
    close();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label="Show only what matches"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        placeholder="host=web-1"
        spellCheck={false}
        ref={focusOnMount}
        error={matchers === undefined ? 'Write label=value, apart by commas' : undefined}
        hint="Labels, apart by commas: host=web-1, zone!=dmz, role=~db|web"
      />
      <Button look="solid" type="submit" disabled={matchers === undefined}>
        Apply
      </Button>
    </form>
  );
}
