import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { decodeFrame } from '#core/frame.ts';
import type { LogMetricPreviewHeader } from '#core/log-metrics/log-metrics-api.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi } from '#web/data/data-context.ts';
import { type MetricDraft, readDraft } from './metric-draft.ts';

/** A preview reads all lines of its time: it waits until nobody writes. */
const SETTLE_MS = 600;
/** A rule has a look before it has a name. */
const NAMELESS = { metric: 'preview', help: '' } as const;

/** What a draft would have written over the time of the page. */
export function usePreview(draft: MetricDraft) {
  const api = useApi();
  const time = useTime();
  const wanted = JSON.stringify(readDraft({ ...draft, ...NAMELESS }).rule);
  const settled = useSettled(wanted);
  return useQuery({
    queryKey: ['log-metrics', 'preview', settled, time.from, time.to],
    enabled: settled !== undefined,
    queryFn: async ({ signal }) => {
      const { fromMs, toMs } = time.range();
      const [from, to] = [Math.floor(fromMs), Math.ceil(toMs)];
      const body = { rule: JSON.parse(settled ?? '') as unknown, from, to };
      const bytes = await api.bytes('/api/log-metrics/preview', { method: 'POST', body, signal });
      return { frame: decodeFrame<LogMetricPreviewHeader>(bytes), from, to };
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
