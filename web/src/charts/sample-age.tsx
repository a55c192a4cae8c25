import { use, useEffect, useRef } from 'react';
import { useLive } from '#web/data/data-context.ts';
import { formatAge } from '#web/format/duration.ts';
import styles from './chart.module.css';
import type { ChartSource } from './chart-data.ts';
import { ChartContext } from './chart-environment.ts';

const STALE_INTERVALS = 3;
const LATE_MS = 15_000;

export type SampleAgeProps = { readonly source: ChartSource; readonly step: number };

/** The age of the newest sample, every second, on the server's clock: amber after three missed steps, red after 15 s more. */
export function SampleAge({ source, step }: SampleAgeProps) {
  const text = useRef<HTMLSpanElement>(null);
  const environment = use(ChartContext);
  const { client } = useLive();
  useEffect(() => {
    const write = (): void => {
      if (text.current === null) return;
      const age = client.serverNow() - source.lastSampleAt();
      const limit = Math.max(1_000, step) * STALE_INTERVALS + 1_000;
      text.current.textContent = Number.isFinite(age) ? `${age > limit ? '▲ stale' : 'age'} ${formatAge(age)}` : '';
      text.current.className = (age > limit + LATE_MS ? styles.bad : age > limit ? styles.warn : '') ?? '';
    };
    write();
    return environment.everySecond(write);
  }, [environment, client, source, step]);
  return <span ref={text} />;
}
