import { type SubmitEvent, useState } from 'react';
import { useLive } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import styles from './time-form.module.css';
import { fixedRange } from './time-range.ts';
import { parseTimeText, printTimeText, QUICK_RANGES } from './time-text.ts';
import { useTime } from './use-time.ts';

/** Choosing a range: typed or by one click. */
export function TimeForm({ close }: { readonly close: () => void }) {
  const time = useTime();
  const { client } = useLive();
  const [draft, setDraft] = useState(() => printTimeText(time));
  const range = parseTimeText(draft, client.serverNow());
  const choose = (from: string, to: string): void => {
    time.setRange(from, to);
    close();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (range !== undefined) choose(range.from, range.to);
  };
  const freeze = (): void => {
    const { from, to } = fixedRange(time.range());
    choose(from, to);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label="Range"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        spellCheck={false}
        ref={focusOnMount}
        error={range === undefined ? 'Not readable: try 15m or 2026-11-24 10:00..11:00' : undefined}
        hint="15m · now-2h..now-1h · yesterday 10:00..11:00"
      />
      <fieldset className={styles.quick}>
        <legend className="visually-hidden">Quick ranges</legend>
        {QUICK_RANGES.map(({ from, label }) => (
          <Button key={from} aria-pressed={time.live && time.from === from} onClick={() => choose(from, 'now')}>
            {label}
          </Button>
        ))}
      </fieldset>
      <div className={styles.actions}>
        <Button look="quiet" onClick={freeze}>
          Fix to these moments
        </Button>
        <Button look="solid" type="submit" disabled={range === undefined}>
          Apply
        </Button>
      </div>
    </form>
  );
}
