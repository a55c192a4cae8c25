import { use, useEffect, useRef } from 'react';
import { useLive } from '#web/data/data-context.ts';
import { formatAge } from '#web/format/duration.ts';
import styles from './chart.module.css';
import type { ChartSource, ChartStatus } from './chart-data.ts';
import { ChartContext } from './chart-environment.ts';

const STALE_INTERVALS = 3;
const LATE_MS = 15_000;
const SELDOM_MS = 10_000;

export type SampleAgeProps = { readonly source: ChartSource; readonly status: ChartStatus };

/** The age of the newest sample, every second, on the server's clock: amber after three missed samples, red after 15 s more. */
export function SampleAge({ source, status }: SampleAgeProps) {
  const whole = useRef<HTMLSpanElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const environment = use(ChartContext);
  const { client } = useLive();
  const pace = paceOf(status);
  useEffect(() => {
    const write = (): void => {
      if (text.current === null || whole.current === null) return;
      const age = client.serverNow() - source.lastSampleAt();
      const limit = Math.max(1_000, pace) * STALE_INTERVALS + 1_000;
      whole.current.hidden = !Number.isFinite(age);
      text.current.textContent = Number.isFinite(age) ? `${age > limit ? '▲ stale ' : ''}${formatAge(age)}` : '';
      text.current.className = (age > limit + LATE_MS ? styles.bad : age > limit ? styles.warn : '') ?? '';
    };
    write();
    return environment.everySecond(write);
  }, [environment, client, source, pace]);
  return (
    <span ref={whole} title="Age of the newest sample" hidden>
      <span className={styles.ageWord}>age </span>
      <span ref={text} />
    </span>
  );
}

/** How often samples come, ms. Until that is known, seldom is assumed: nothing is called stale too early. */
function paceOf({ step, paceMs = step }: ChartStatus): number {
  return Math.max(step, paceMs === 0 ? SELDOM_MS : paceMs);
}
