import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Panel as PanelModel } from '#core/api/dashboard.ts';
import { MetricChart } from '#web/charts/metric-chart.tsx';
import { ApiError } from '#web/data/api-client.ts';
import { queriesOf } from '#web/data/host-charts.ts';
import { useHost } from '#web/data/hosts.ts';
import { logsOfHosts } from '#web/data/logs-link.ts';
import { PanelView } from '#web/features/dashboards/panel-view.tsx';
import { RecentEvents } from '#web/features/events/recent-events.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FilesystemsPanel } from './filesystems-panel.tsx';
import { HostIdentity } from './host-identity.tsx';
import styles from './host-page.module.css';
import { type HostSection, hostSections } from './host-sections.ts';
import { SectionRail } from './section-rail.tsx';

/** Everything of one host. */
export function HostPage() {
  const host = useParams({ strict: false, select: (params) => params.host ?? '' });
  const answer = useHost(host);
  const sections = useMemo(() => hostSections(queriesOf(host)), [host]);
  if (answer.error instanceof ApiError && answer.error.code === 'not_found') return <UnknownHost host={host} />;
  return (
    <div className={styles.page}>
      <HostIdentity host={host} answer={answer} />
      <div className={styles.columns}>
        <SectionRail
          sections={[
            ...sections,
            { id: 'filesystems', title: 'Filesystems' },
            { id: 'logs', title: 'Logs' },
            { id: 'events', title: 'Events' },
          ]}
        />
        <div className={styles.content}>
          {sections.map((section) => (
            <ChartSection key={section.id} section={section} />
          ))}
          <div id="filesystems" className={styles.section}>
            <FilesystemsPanel host={host} />
          </div>
          <div id="logs" className={styles.logs}>
            <HostLogs host={host} />
          </div>
          <div id="events" className={styles.section}>
            <RecentEvents host={host} limit={20} />
          </div>
        </div>
      </div>
    </div>
  );
}

function ChartSection({ section }: { section: HostSection }) {
  return (
    <div id={section.id} className={styles.section}>
      <h2 className={styles.sectionTitle}>{section.title}</h2>
      <div className={styles.charts}>
        {section.charts.map((chart) => (
          <MetricChart key={chart.title} {...chart} height={120} legend="inline" />
        ))}
      </div>
    </div>
  );
}

/** The newest lines of the host: the log panel of dashboards. */
function HostLogs({ host }: { host: string }) {
  const panel = useMemo(
    (): PanelModel => ({
      ...{ id: 'logs', type: 'logs', title: 'Logs', description: '', unit: '', queries: [], thresholds: [] },
      place: { x: 0, y: 0, w: 24, h: 10 },
      options: { query: logsOfHosts([host]), columns: ['level', 'service', 'message'] },
    }),
    [host],
  );
  return <PanelView panel={panel} />;
}

function UnknownHost({ host }: { host: string }) {
  return (
    <EmptyState
      page
      title={`Nothing is known of a host "${host}"`}
      action={
        <Link to="/hosts" className={buttonClass('solid')}>
          All hosts
        </Link>
      }
    >
      No sample with this host label is stored.
    </EmptyState>
  );
}
