import { useEffect, useState } from 'react';
import { useTime } from '#web/app/time/use-time.ts';
import { useLive } from '#web/data/data-context.ts';
import type { LiveStore } from '#web/data/live-store.ts';
import { useNow } from '#web/data/use-now.ts';
import { formatClock } from '#web/format/time.ts';
import styles from './live-dot.module.css';
import { liveness, youngSince } from './liveness.ts';

/** Is what is on the screen of now: connection and age of the newest sample, honestly. */
export function LiveDot() {
  const live = useLive();
  const now = useNow(1_000);
  const state = useLiveState(live);
  const time = useTime();
  const since = time.live ? youngSince(live.firstSampleAt(), time.spanMs, now) : undefined;
  const { level, text, detail } = liveness(state, live.lastSampleAt(), now);
  return (
    <span className={styles.dot} data-level={level} title={detail}>
      <span className={styles.shape} aria-hidden="true">
        {level === 'good' ? '●' : level === 'late' ? '▲' : level === 'bad' ? '■' : '○'}
      </span>
      {text}
      {since !== undefined && (
        <span className={styles.since} title="The data is younger than the time range: charts begin where it begins">
          since {formatClock(since, { seconds: true })}
        </span>
      )}
    </span>
  );
}

function useLiveState({ client }: LiveStore) {
  const [state, setState] = useState(client.state);
  useEffect(() => client.onState(setState), [client]);
  return state;
}
