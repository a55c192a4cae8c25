import { Link } from '@tanstack/react-router';
import type { HostDetail } from '#core/api/hosts.ts';
import { printScope } from '#web/app/scope/scope.ts';
import type { Search } from '#web/app/search.ts';
import { hostStatus } from '#web/data/host-status.ts';
import { logsOfHosts } from '#web/data/logs-link.ts';
import { useNow } from '#web/data/use-now.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import type { Answer } from '#web/ui/query-state.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import { hostFacts } from './host-facts.ts';
import styles from './host-identity.module.css';

/** Name, status and the facts that tell what this host is. */
export function HostIdentity({ host, answer }: { readonly host: string; readonly answer: Answer<HostDetail> }) {
  const now = useNow();
  const { data, error } = answer;
  return (
    <>
      <div className={styles.head}>
        {data !== undefined && <StatusPill {...hostStatus(data, now)} />}
        <h1 className={styles.name}>{host}</h1>
        {data !== undefined && <span className={styles.note}>{data.series} series</span>}
        <HostLinks host={host} />
      </div>
      <div className={styles.strip}>
        {data === undefined && error !== null && <ErrorCard error={error} retry={() => void answer.refetch()} />}
        <dl className={styles.facts} aria-busy={data === undefined}>
          {data !== undefined &&
            hostFacts(data, now).map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd title={value}>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </>
  );
}

/** The same host and time on the other pages. */
function HostLinks({ host }: { readonly host: string }) {
  const scope = printScope([{ label: 'host', op: '=', value: host }]);
  return (
    <nav className={styles.links} aria-label={`More of ${host}`}>
      <Link
        to="/logs"
        search={({ from, to }: Search) => ({ from, to, q: logsOfHosts([host]) })}
        className={buttonClass()}
      >
        Logs
      </Link>
      <Link to="/explore" search={({ from, to }: Search) => ({ from, to, scope })} className={buttonClass()}>
        Metrics
      </Link>
      <Link to="/timeline" search={({ from, to }: Search) => ({ from, to, host })} className={buttonClass()}>
        Events
      </Link>
    </nav>
  );
}
