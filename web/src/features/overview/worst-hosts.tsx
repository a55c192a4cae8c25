import { Link, useNavigate } from '@tanstack/react-router';
import type { HostSummary } from '#core/api/hosts.ts';
import { hostColumns } from '#web/features/hosts/host-columns.tsx';
import { worstFirst } from '#web/features/hosts/host-filter.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { type Answer, queryState } from '#web/ui/query-state.ts';

const SHOWN = 10;
const HEAD_PX = 32;
const ROW_PX = 32;
const COLUMNS = new Set(['status', 'host', 'cpu', 'load', 'memory', 'disk', 'network', 'seen']);

type WorstHostsProps = { readonly answer: Answer<readonly HostSummary[]>; readonly now: number };

/** The ten hosts to look at first. */
export function WorstHosts({ answer, now }: WorstHostsProps) {
  const navigate = useNavigate();
  const hosts = answer.data ?? [];
  return (
    <Panel
      title="Hosts"
      note={hosts.length > SHOWN ? `the worst ${SHOWN} of ${hosts.length}` : 'worst first'}
      flush
      height={HEAD_PX + ROW_PX * Math.min(SHOWN, Math.max(1, hosts.length))}
      menu={<Link to="/hosts">All hosts</Link>}
      state={queryState(answer)}
    >
      <DataTable
        label="Hosts, worst first"
        columns={hostColumns(now).filter(({ key }) => COLUMNS.has(key))}
        rows={worstFirst(hosts, now).slice(0, SHOWN)}
        rowKey={({ host }) => host}
        onOpen={({ host }) => void navigate({ to: '/hosts/$host', params: { host } })}
      />
    </Panel>
  );
}
