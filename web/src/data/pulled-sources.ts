import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PulledSource } from '#core/api/status.ts';
import type { TextHeader } from '#core/api/text-query.ts';
import { decodeFrame } from '#core/frame.ts';
import { useApi } from './data-context.ts';

const REFRESH_MS = 5_000;
const LINES_REFRESH_MS = 15_000;
/** How far back last lines are looked for, ms. */
const REACH_MS = 86_400_000;

/** A source and how many records a second came of it between the last two looks; undefined at the first. */
export type WatchedSource = PulledSource & { readonly perSecond: number | undefined };

/** One look at all sources. */
export type SourceLook = { readonly at: number; readonly sources: readonly PulledSource[] };

/** What inputs fetch from, and how fast. */
export function usePulledSources() {
  const api = useApi();
  const last = useRef<SourceLook>(undefined);
  return useQuery({
    queryKey: ['pulled-sources'],
    queryFn: async ({ signal }): Promise<readonly WatchedSource[]> => {
      const sources = await api.json<readonly PulledSource[]>('/api/inputs/sources', { signal });
      const look = { at: performance.now(), sources };
      const watched = withRates(look, last.current);
      last.current = look;
      return watched;
    },
    refetchInterval: REFRESH_MS,
  });
}

/** The sources of a look with their rates since the look before; a counter that fell began anew. */
export function withRates(look: SourceLook, before: SourceLook | undefined): readonly WatchedSource[] {
  const known = new Map(before?.sources.map((source) => [keyOf(source), source.records]));
  return look.sources.map((source): WatchedSource => {
    const records = known.get(keyOf(source));
    if (before === undefined || records === undefined || look.at <= before.at)
      return { ...source, perSecond: undefined };
    const came = source.records >= records ? source.records - records : source.records;
    return { ...source, perSecond: (came * 1_000) / (look.at - before.at) };
  });
}

/** Tells one source from all others. */
export const keyOf = ({ input, name, source }: PulledSource): string => `${input} ${name} ${source}`;

/** The newest stored line of each source of the last day, by the field `source`. */
export function useLastLines() {
  const api = useApi();
  return useQuery({
    queryKey: ['last-lines'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, string>> => {
      const to = Date.now() + 60_000;
      const query = '(source:file* OR source:journald) | dedup source | fields source, message';
      const body = { query, from: to - REACH_MS, to };
      const bytes = await api.bytes('/api/logs/stats', { method: 'POST', body, signal });
      const { header } = decodeFrame<TextHeader>(bytes);
      return new Map(
        header.type === 'table' ? header.rows.map(([source, line]) => [String(source), String(line)]) : [],
      );
    },
    refetchInterval: LINES_REFRESH_MS,
  });
}
