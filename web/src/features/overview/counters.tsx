import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HostSummary } from '#core/api/hosts.ts';
import type { CollectorStatus, SelfStatus } from '#core/api/status.ts';
import type { Search } from '#web/app/search.ts';
import { useSession } from '#web/data/bootstrap.ts';
import { isFailing } from '#web/data/collectors.ts';
import { isSilent } from '#web/data/host-status.ts';
import { useRecentValues } from '#web/data/recent-values.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { StatTile } from '#web/ui/stat-tile.tsx';
import styles from './counters.module.css';
import { LAG_LIMIT_MS } from './state-sentence.ts';

type CountersProps = {
  readonly hosts: readonly HostSummary[] | undefined;
  readonly collectors: readonly CollectorStatus[] | undefined;
  readonly self: SelfStatus | undefined;
  readonly now: number;
};

/** Five figures, each a link to where it is explained; grey until they matter. */
export function Counters({ hosts, collectors, self, now }: CountersProps) {
  const rates = useRecentValues('nocmate_ingest_rate', useSession().host);
  const silent = hosts?.filter((host) => isSilent(host, now)).length;
  const failing = collectors?.filter(isFailing).length;
  const reporting = hosts === undefined || silent === undefined ? undefined : hosts.length - silent;
  return (
    <div className={styles.row}>
      <Link to="/hosts" className={styles.tile}>
        <StatTile label="Hosts reporting" value={reporting ?? NO_VALUE} note={hosts && `of ${hosts.length}`} />
      </Link>
      <Link to="/hosts" className={styles.tile}>
        <StatTile
          label="Hosts silent"
          value={silent ?? NO_VALUE}
          note="longer than 90 s"
          status={silent ? 'critical' : undefined}
        />
      </Link>
      <SettingsLink tab="collectors">
        <StatTile
          label="Collectors failing"
          value={failing ?? NO_VALUE}
          note={collectors && `of ${collectors.length}`}
          status={failing ? 'warning' : undefined}
        />
      </SettingsLink>
      <SettingsLink tab="self">
        <StatTile
          label="Ingest"
          value={self ? `${formatValue(self.ingestRate, '')}/s` : NO_VALUE}
          note={self && `${formatValue(self.activeSeries, '')} series`}
          chart={rates && <Sparkline values={rates} label="Ingest over the last hour" />}
        />
      </SettingsLink>
      <SettingsLink tab="storage">
        <StatTile
          label="Storage behind"
          value={self ? formatAge(self.insertLagMs) : NO_VALUE}
          note={self && `${formatValue(self.spool.bytes, 'bytes')} waiting`}
          status={self && self.insertLagMs > LAG_LIMIT_MS ? 'major' : undefined}
        />
      </SettingsLink>
    </div>
  );
}

function SettingsLink({ tab, children }: { tab: string; children: ReactNode }) {
  return (
    <Link to="/settings" search={(search: Search) => ({ ...search, tab })} className={styles.tile}>
      {children}
    </Link>
  );
}
