import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Language } from '#core/api/text-query.ts';
import type { CallAt } from './call-at.ts';
import styles from './editor.module.css';
import { EXAMPLES } from './languages.ts';
import { SignatureHelp } from './signature-help.tsx';
import { useLanguageTools } from './use-language-tools.ts';
import { useQueryCheck } from './use-query-check.ts';

const QueryEditor = lazy(async () => ({ default: (await import('./query-editor.tsx')).QueryEditor }));

const SETTLE_MS = 350;

export type QueryInputProps = {
  readonly label: string;
  readonly language: Language;
  readonly text: string;
  /** `done` = on purpose (Enter, leaving), not between two letters. Of what cannot be read only with `lenient`. */
  readonly onChange: (text: string, done: boolean) => void;
  readonly lenient?: boolean;
};

/** One query as text, with completion, signatures, and below it what is wrong with it. */
export function QueryInput({ label, language, text, onChange, lenient = false }: QueryInputProps) {
  const [draft, setDraft] = useState(text);
  const [shown, setShown] = useState(text);
  const [call, setCall] = useState<CallAt>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tools = useLanguageTools();
  if (shown !== text) {
    setShown(text);
    setDraft(text);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const problem = useQueryCheck(language, draft);
  const isRunByHand = language !== 'metrics' && !lenient;
  const apply = (next: string, done: boolean): void => {
    clearTimeout(timer.current);
    if (next === text && !(done && isRunByHand)) return;
    const isBad = next.trim() === '' || (problem !== undefined && next === draft) || (isRunByHand && !done);
    if (isBad && !lenient) return;
    if (next !== text) setShown(next);
    onChange(next, done);
  };
  const latest = useRef(apply);
  useEffect(() => {
    latest.current = apply;
  });
  const edit = (next: string): void => {
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(next, false), SETTLE_MS);
  };
  const place = problem?.position === undefined ? undefined : { position: problem.position, end: problem.end };
  return (
    <div className={styles.input}>
      <div className={styles.box} data-invalid={problem !== undefined} data-language={language}>
        <Suspense fallback={<code className={styles.placeholder}>{draft}</code>}>
          <QueryEditor
            {...{ label, language, tools }}
            text={draft}
            example={EXAMPLES[language]}
            problem={place}
            onChange={edit}
            onSubmit={(next) => latest.current(next, true)}
            onCall={setCall}
          />
        </Suspense>
      </div>
      {call !== undefined && (language === 'promql' || language === 'graphite' || language === 'sql') && (
        <SignatureHelp language={language} call={call} />
      )}
      {problem !== undefined && <output className={styles.problem}>{problem.message}</output>}
    </div>
  );
}
