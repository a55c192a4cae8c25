import { useEffect, useState } from 'react';
import { useLive } from './data-context.ts';

/** The server's clock, ms, drawn anew each `intervalMs`: for ages. Put it low in the tree. */
export function useNow(intervalMs = 5_000): number {
  const { client } = useLive();
  const [now, setNow] = useState(() => client.serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(client.serverNow()), intervalMs);
    return () => clearInterval(timer);
  }, [client, intervalMs]);
  return now;
}
