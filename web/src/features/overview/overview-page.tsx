import { useMemo } from 'react';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { useSession } from '#web/data/bootstrap.ts';
import { useCollectors } from '#web/data/collectors.ts';
import { hostChart, keyCharts, queriesOf } from '#web/data/host-charts.ts';
import { hostStatus } from '#web/data/host-status.ts';
import { useHosts } from '#web/data/hosts.ts';
import { useSelf } from '#web/data/self.ts';
import { useNow } from '#web/data/use-now.ts';
import { RecentEvents } from '#web/features/events/recent-events.tsx';
import { FilesystemsPanel } from '#web/features/hosts/filesystems-panel.tsx';
import { worstFirst } from '#web/features/hosts/host-filter.ts';
import { Counters } from './counters.tsx';
import { FirstSteps } from './first-steps.tsx';
import { useOverLimitSince } from './over-limit-since.ts';
import styles from './overview-page.module.css';
import { Sentence } from './sentence.tsx';
import { stateSentence } from './state-sentence.ts';
import { WorstHosts } from './worst-hosts.tsx';

const CHART_PX = 150;
const EVENTS = 40;

/** Is anything wrong, where, since when; and this host moving. */
export function OverviewPage() {
  const { host } = useSession();
  const hosts = useHosts();
  const collectors = useCollectors();
  const self = useSelf();
  const now = useNow();
  const charts = useMemo(() => {
    const queries = queriesOf(host);
    return [
      ...keyCharts(queries),
      hostChart('Ingest', 'per_second', [queries.plain('nocmate_ingest_rate', 'samples')], {
        note: 'samples',
        fill: true,
      }),
    ];
  }, [host]);
  const [worst] = worstFirst(hosts.data ?? [], now);
  const overSince = useOverLimitSince(worst?.host, worst && hostStatus(worst, now));
  const known = { hosts: hosts.data ?? [], collectors: collectors.data ?? [], self: self.data, now, overSince };
  const isAlone = hosts.data !== undefined && hosts.data.length <= 1;
  return (
    <div className={styles.page}>
      <Sentence sentence={hosts.data === undefined ? undefined : stateSentence(known)} />
      <Counters hosts={hosts.data} collectors={collectors.data} self={self.data} now={now} />
      <section className={styles.charts} aria-label={`Live charts of ${host}`}>
        {charts.map((chart) => (
          <MetricChart key={chart.title} {...chart} height={CHART_PX} legend="inline" />
        ))}
      </section>
      <div className={styles.lower}>
        <div className={styles.left}>
          <WorstHosts answer={hosts} now={now} />
          {isAlone && <FirstSteps self={self.data} />}
          {isAlone && <FilesystemsPanel host={host} />}
        </div>
        <RecentEvents limit={EVENTS} fill />
      </div>
    </div>
  );
}
