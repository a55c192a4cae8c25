import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { LogRow, LogSearchAnswer } from '#core/api/logs.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './linked-line.module.css';
import { LogDetail } from './log-detail.tsx';
import { questionOfRow } from './question-of-row.ts';
import type { LogView } from './use-log-view.ts';

const AROUND_MS = 5 * 60_000;

export type LinkedLineProps = { readonly id: string; readonly view: LogView };

/** The line that a link leads to, where it is not among those that are shown: whole, above them. */
export function LinkedLine({ id, view }: LinkedLineProps) {
  const time = useTime();
  const answer = useLinkedRow(id);
  const row = answer.data ?? undefined;
  return (
    <Panel
      title="Linked line"
      flush
      note={row === undefined ? '' : `${formatDateTime(row.t)}, not among the lines below`}
      state={queryState(answer, (found) => (found === null ? 'It is no longer stored' : undefined))}
      menu={
        <>
          {row !== undefined && (
            <Button look="quiet" onClick={() => time.zoom(row.t - AROUND_MS, row.t + AROUND_MS)}>
              Its time
            </Button>
          )}
          <Button look="quiet" aria-label="Close the linked line" onClick={() => view.setRow(undefined)}>
            <IconX size={15} />
          </Button>
        </>
      }
    >
      {row !== undefined && (
        <table className={styles.line} aria-label="Linked line">
          <tbody>
            <LogDetail row={row} view={view} />
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function useLinkedRow(id: string) {
  const api = useApi();
  const body = questionOfRow(id);
  return useQuery({
    queryKey: ['logs', 'row', id],
    queryFn: async ({ signal }): Promise<LogRow | null> => {
      if (body === undefined) return null;
      const { rows } = await api.json<LogSearchAnswer>('/api/logs/search', { method: 'POST', body, signal });
      return rows.find((row) => row.id === id) ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
