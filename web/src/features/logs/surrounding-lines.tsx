import { useQuery } from '@tanstack/react-query';
import type { LogContextAnswer, LogContextRequest, LogRow } from '#core/api/logs.ts';
import { useApi } from '#web/data/data-context.ts';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { lineTime } from './line-time.ts';
import styles from './log-detail.module.css';
import { LevelMark } from './log-line.tsx';
import { LogMessage } from './log-message.tsx';

const NO_TERMS: readonly string[] = [];
const AROUND = 10;

/** What the same host wrote to the same place before and after a line. */
export function SurroundingLines({ row }: { readonly row: LogRow }) {
  const api = useApi();
  const { id, host, source } = row;
  const answer = useQuery({
    queryKey: ['logs', 'context', id, host, source],
    queryFn: ({ signal }) => {
      const body: LogContextRequest = { id, host, source, before: AROUND, after: AROUND };
      return api.json<LogContextAnswer>('/api/logs/context', { method: 'POST', body, signal });
    },
  });
  const { data } = answer;
  if (data === undefined) {
    return answer.error === null ? (
      <output>Looking …</output>
    ) : (
      <ErrorCard error={answer.error} retry={() => void answer.refetch()} />
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <ol className={styles.around} aria-label="Surrounding lines" tabIndex={0}>
      {[...data.before, row, ...data.after].map((line) => (
        <li key={line.id} aria-current={line.id === id}>
          <span>{lineTime(line.t)}</span>
          <LevelMark severity={line.severity} />
          <span>
            <LogMessage text={line.body} sought={NO_TERMS} />
          </span>
        </li>
      ))}
    </ol>
  );
}
