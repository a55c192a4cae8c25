import { useEffect, useState } from 'react';
import { useLive } from '#web/data/data-context.ts';
import type { LiveStore } from '#web/data/live-store.ts';
import { useNow } from '#web/data/use-now.ts';
import styles from './live-dot.module.css';
import { liveness } from './liveness.ts';

/** Is what is on the screen of now: connection and age of the newest sample, honestly. */
export function LiveDot() {
  const live = useLive();
  const now = useNow(1_000);
  const state = useLiveState(live);
  const { level, text, detail } = liveness(state, live.lastSampleAt(), now);
  return (
    <span className={styles.dot} data-level={level} title={detail}>
      <span className={styles.shape} aria-hidden="true">
        {level === 'good' ? '●' : level === 'late' ? '▲' : level === 'bad' ? '■' : '○'}
      </span>
      {text}
    </span>
  );
}

function useLiveState({ client }: LiveStore) {
  const [state, setState] = useState(client.state);
  useEffect(() => client.onState(setState), [client]);
  return state;
}
