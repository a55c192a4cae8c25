import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LogSearchAnswer } from '#core/api/logs.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useApi, useLive } from '#web/data/data-context.ts';
import { LogList, type LogListState } from './log-list.ts';

const PAGE = 200;
const NEXT_PAGES = 1_000;
/** Senders' clocks may be ahead. */
const AHEAD_MS = 86_400_000;

export type LogLines = {
  readonly list: LogList;
  readonly state: LogListState;
  readonly isTailing: boolean;
  readonly setTailing: (on: boolean) => void;
};

/** The lines of a query in the page's time; while it is live, new ones as they come. */
export function useLogList(query: string, order: 'newest' | 'oldest'): LogLines {
  const api = useApi();
  const { client } = useLive();
  const time = useTime();
  const [wantsTail, setWantsTail] = useState(true);
  const isTailing = wantsTail && time.live && order === 'newest';
  const list = useMemo(() => {
    const { fromMs, toMs } = time.range();
    const range = { from: Math.floor(fromMs), to: Math.ceil(toMs) + (time.live ? AHEAD_MS : 0) };
    return new LogList({
      order,
      ask: (cursor, signal) => {
        const page = cursor === undefined ? { limit: PAGE } : { limit: NEXT_PAGES, cursor };
        const body = { query, order, ...range, ...page };
        return api.json<LogSearchAnswer>('/api/logs/search', { method: 'POST', body, signal });
      },
      tail: isTailing ? (onRows) => client.subscribeLogs(query, { onRows, onError: () => undefined }) : undefined,
    });
  }, [api, client, query, order, time, isTailing]);
  useEffect(() => {
    list.open();
    return list.close;
  }, [list]);
  useEffect(() => {
    if (!isTailing) return;
    return client.onState((connection) => {
      if (connection === 'open') list.catchUp();
    });
  }, [client, list, isTailing]);
  const state = useSyncExternalStore(list.listen, list.state);
  const setTailing = (on: boolean): void => {
    setWantsTail(on);
    if (on && !time.live) time.resume();
  };
  return { list, state, isTailing, setTailing };
}
