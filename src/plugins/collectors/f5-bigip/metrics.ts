import { counter, gauge, type MetricDefinition, type MetricTable } from '#core/plugin/metric.ts';

export const AVAILABILITY = ['available', 'offline', 'unknown', 'unavailable', 'unlicensed'] as const;
export const ENABLED = ['enabled', 'disabled', 'disabled-by-parent'] as const;
export const FAILOVER = ['active', 'standby', 'offline', 'forced_offline', 'unknown'] as const;
export const SYNC = ['green', 'yellow', 'red', 'blue', 'gray', 'black'] as const;

const MEMBER = ['pool', 'member', 'address'];
const VIRTUAL = ['virtual_server', 'destination'];
const WIDE_IP = ['wideip', 'type'];
const GTM_POOL = ['pool', 'type'];
const GTM_MEMBER = ['pool', 'type', 'member'];

function state(help: string, labels: readonly string[], label: string, values: readonly string[]): MetricDefinition {
  return { ...gauge('', help, labels), states: { label, values } };
}

/** What virtual servers, pools, their members and nodes have alike. */
function traffic(prefix: string, what: string, labels: readonly string[]) {
  const table: Record<string, MetricDefinition> = {
    availability: state(`Whether ${what} can be used; unknown: nothing checks it.`, labels, 'status', AVAILABILITY),
    enabled: state(`Whether ${what} is switched on.`, labels, 'status', ENABLED),
    connections: gauge('', 'Connections open.', labels),
    connections_total: counter('', 'Connections opened.', labels),
    requests_total: counter('', 'Requests.', labels),
    data_bytes_total: counter('bytes', 'Bytes by direction, as the device sees it.', [...labels, 'direction']),
    packets_total: counter('', 'Packets by direction, as the device sees it.', [...labels, 'direction']),
  };
  return Object.fromEntries(Object.entries(table).map(([name, row]) => [`${prefix}_${name}`, row]));
}

/** Every series of the BIG-IP collector. */
export const BIGIP_METRICS: MetricTable = {
  bigip_failover: state('Its part in the pair.', [], 'state', FAILOVER),
  bigip_sync: state(
    'Whether the configuration of the pair is the same, by the colour the device shows.',
    [],
    'color',
    SYNC,
  ),
  bigip_memory_used_bytes: gauge('bytes', 'Memory in use by place: the host, or the traffic engine (TMM).', ['place']),
  bigip_memory_limit_bytes: gauge('bytes', 'Memory there is by place.', ['place']),
  bigip_tmm_cpu_ratio: gauge('ratio', 'Processor use of a traffic engine over the last minute.', ['tmm']),
  ...traffic('bigip_virtual_server', 'the virtual server', VIRTUAL),
  ...traffic('bigip_pool', 'the pool', ['pool']),
  bigip_pool_members: gauge('', 'Members of the pool: all, available, active (take requests now).', ['pool', 'status']),
  bigip_pool_queue: gauge('', 'Connections that wait for a member.', ['pool']),
  ...traffic('bigip_pool_member', 'the member', MEMBER),
  bigip_pool_member_sessions: gauge('', 'Sessions of the member.', MEMBER),
  ...traffic('bigip_node', 'the node', ['node', 'address']),
  bigip_node_sessions: gauge('', 'Sessions of the node.', ['node', 'address']),
  bigip_wideip_availability: state('Whether the wide IP can be used.', WIDE_IP, 'status', AVAILABILITY),
  bigip_wideip_enabled: state('Whether the wide IP is switched on.', WIDE_IP, 'status', ENABLED),
  bigip_wideip_requests_total: counter('', 'DNS requests.', WIDE_IP),
  bigip_wideip_answers_total: counter(
    '',
    'Answers by how they were found: resolved, persisted, dropped, preferred, alternate, fallback.',
    [...WIDE_IP, 'how'],
  ),
  bigip_gtm_pool_availability: state('Whether the pool of a wide IP can be used.', GTM_POOL, 'status', AVAILABILITY),
  bigip_gtm_pool_answers_total: counter(
    '',
    'Answers by the method that chose them: preferred, alternate, fallback, dropped.',
    [...GTM_POOL, 'how'],
  ),
  bigip_gtm_pool_member_availability: state('Whether the member can be used.', GTM_MEMBER, 'status', AVAILABILITY),
};
