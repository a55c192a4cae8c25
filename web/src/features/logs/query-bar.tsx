import { IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';
import { completionSource } from './completion-source.ts';
import styles from './query-bar.module.css';
import { pillsOf, readLogQuery, withoutPill, withPillTurned } from './query-edits.ts';
import type { LogView } from './use-log-view.ts';
import { clip, visibleText } from './visible-text.ts';

const LogEditor = lazy(async () => ({ default: (await import('./log-editor.tsx')).LogEditor }));

/** The query as text with completion, and its parts as pills. */
export function QueryBar({ view, children }: { readonly view: LogView; readonly children?: ReactNode }) {
  const { text, setText } = view;
  const [draft, setDraft] = useState({ of: text, text });
  const shown = draft.of === text ? draft.text : text;
  const api = useApi();
  const time = useTime();
  const source = useMemo(() => completionSource(api, time.range), [api, time]);
  const { problem } = readLogQuery(shown);
  const submit = (next: string): void => {
    const wanted = next.trim();
    if (wanted !== text && readLogQuery(wanted).problem === undefined) setText(wanted);
  };
  return (
    <search className={styles.bar}>
      <div className={styles.line}>
        <div className={styles.box} data-invalid={problem !== undefined}>
          <Suspense fallback={<code className={styles.placeholder}>{shown}</code>}>
            <LogEditor
              text={shown}
              problemAt={problem?.position}
              source={source}
              onChange={(next) => setDraft({ of: text, text: next })}
              onSubmit={submit}
            />
          </Suspense>
        </div>
        {children}
      </div>
      {problem !== undefined && <output className={styles.problem}>{problem.message}</output>}
      <Pills view={view} />
    </search>
  );
}

function Pills({ view: { read, setText } }: { readonly view: LogView }) {
  const { query } = read;
  if (query === undefined) return null;
  const pills = pillsOf(query);
  if (pills.length === 0) return null;
  return (
    <ul className={styles.pills} aria-label="Filters">
      {pills.map((pill, index) => {
        const label = visibleText(clip(pill, 80).text);
        return (
          <li key={pill} className={styles.pill}>
            <button
              type="button"
              title="Turn into the opposite"
              aria-label={`Turn ${label} into the opposite`}
              onClick={() => setText(withPillTurned(query, index))}
            >
              {label}
            </button>
            <button type="button" aria-label={`Remove ${label}`} onClick={() => setText(withoutPill(query, index))}>
              <IconX size={12} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
