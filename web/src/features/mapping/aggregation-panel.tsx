import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StoredIngestRules } from '#core/api/ingest-rules.ts';
import { printAggregationConf, readAggregationConf } from '#core/ingest-rules/aggregation-conf.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './mapping.module.css';

const KEY = ['ingest-rules'] as const;
const REFRESH_MS = 5_000;

type Draft = { readonly version: number; readonly text: string };

/** Rules that make one series of many as samples come in: the text of carbon's aggregation-rules.conf. */
export function AggregationPanel() {
  const api = useApi();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const stored = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.json<StoredIngestRules>('/api/ingest-rules', { signal }),
    refetchInterval: REFRESH_MS,
  });
  const { data } = stored;
  const text = draft?.text ?? printAggregationConf(data?.rules.aggregations ?? []);
  const { rules, faults } = readAggregationConf(text);
  const save = useMutation({
    mutationFn: (version: number) =>
      api.json<StoredIngestRules>('/api/ingest-rules', {
        method: 'PUT',
        body: { version, rules: { drops: data?.rules.drops ?? [], aggregations: rules } },
      }),
    onSuccess: (saved) => {
      queries.setQueryData(KEY, saved);
      setDraft(undefined);
    },
  });
  return (
    <Panel
      title="Aggregation rules"
      note={data === undefined ? '' : countsText(data)}
      menu={
        draft !== undefined && (
          <Button
            look="solid"
            disabled={faults.length > 0 || save.isPending}
            onClick={() => save.mutate(draft.version)}
          >
            Save aggregation rules
          </Button>
        )
      }
      state={queryState(stored)}
    >
      <div className={styles.stack}>
        <label className={styles.label}>
          One rule a line, as in aggregation-rules.conf: output (seconds) = method input
          <textarea
            className={styles.text}
            placeholder="<env>.all.<app>.requests (60) = sum <env>.apps.<app>.*.requests"
            value={text}
            onChange={({ target }) => setDraft({ version: draft?.version ?? data?.version ?? 0, text: target.value })}
          />
        </label>
        {faults.map(({ line, problem }) => (
          <p key={line} className={styles.warning}>
            Line {line}: {problem}
          </p>
        ))}
        {save.error !== null && <ErrorCard error={save.error} />}
      </div>
    </Panel>
  );
}

function countsText({ counts: { inputs, outputs, written, late, overflow } }: StoredIngestRules): string {
  return `${inputs} series under rules, ${outputs} made, ${written} values written, ${late} late, ${overflow} without room`;
}
