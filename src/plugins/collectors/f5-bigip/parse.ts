import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import { AVAILABILITY, ENABLED, FAILOVER, SYNC } from './metrics.ts';
import { type StatRow, statRows } from './stat-rows.ts';

type Labels = Readonly<Record<string, string>>;
/** A part of a collection. */
export type Part = { readonly values: readonly CollectedValue[]; readonly states: readonly CollectedState[] };

const BITS = 8;
const PERCENT = 100;
const HOW = ['preferred', 'alternate', 'fallback', 'dropped'] as const;

/** `/mgmt/tm/ltm/virtual/stats`. */
export const parseVirtualServers = (text: string): Part =>
  partOf(text, (row) => {
    const labels = { virtual_server: textOf(row, 'tmName'), destination: textOf(row, 'destination') };
    return trafficOf('bigip_virtual_server', 'clientside', labels, row);
  });

/** `/mgmt/tm/ltm/pool/stats`. */
export const parsePools = (text: string): Part =>
  partOf(text, (row) => {
    const pool = textOf(row, 'tmName');
    const { values, states } = trafficOf('bigip_pool', 'serverside', { pool }, row);
    const members = Object.entries({ memberCnt: 'all', availableMemberCnt: 'available', activeMemberCnt: 'active' });
    const more = [
      ...members.flatMap(([name, status]) => figure('bigip_pool_members', row, name, { pool, status })),
      ...figure('bigip_pool_queue', row, 'connqAll.depth', { pool }),
    ];
    return { values: [...values, ...more], states };
  });

/** `/mgmt/tm/ltm/pool/…/members/stats`. */
export const parseMembers = (text: string): Part =>
  partOf(text, (row) => {
    const member = `${textOf(row, 'nodeName')}:${row.get('port') ?? ''}`;
    const labels = { pool: textOf(row, 'poolName'), member, address: textOf(row, 'addr') };
    const { values, states } = trafficOf('bigip_pool_member', 'serverside', labels, row);
    return { values: [...values, ...figure('bigip_pool_member_sessions', row, 'curSessions', labels)], states };
  });

/** `/mgmt/tm/ltm/node/stats`. */
export const parseNodes = (text: string): Part =>
  partOf(text, (row) => {
    const labels = { node: textOf(row, 'tmName'), address: textOf(row, 'addr') };
    const { values, states } = trafficOf('bigip_node', 'serverside', labels, row);
    return { values: [...values, ...figure('bigip_node_sessions', row, 'curSessions', labels)], states };
  });

/** `/mgmt/tm/gtm/wideip/<type>/…/stats`. */
export const parseWideIp = (text: string): Part =>
  partOf(text, (row) => {
    const labels = { wideip: textOf(row, 'wipName'), type: textOf(row, 'wipType') };
    const how = Object.entries({
      resolutions: 'resolved',
      persisted: 'persisted',
      ...Object.fromEntries(HOW.map((name) => [name, name])),
    });
    return {
      values: [
        ...figure('bigip_wideip_requests_total', row, 'requests', labels),
        ...how.flatMap(([name, way]) => figure('bigip_wideip_answers_total', row, name, { ...labels, how: way })),
      ],
      states: statesOf('bigip_wideip', labels, row),
    };
  });

/** `/mgmt/tm/gtm/pool/<type>/…/stats`. */
export const parseGtmPool = (text: string): Part =>
  partOf(text, (row) => {
    const labels = { pool: textOf(row, 'tmName'), type: textOf(row, 'poolType') };
    const values = HOW.flatMap((how) => figure('bigip_gtm_pool_answers_total', row, how, { ...labels, how }));
    return { values, states: availabilityOf('bigip_gtm_pool', labels, row) };
  });

/** `/mgmt/tm/gtm/pool/<type>/…/members/stats`. */
export const parseGtmMembers = (text: string): Part =>
  partOf(text, (row) => {
    const member = [textOf(row, 'serverName'), textOf(row, 'vsName')].filter((name) => name !== '').join(':');
    const labels = { pool: textOf(row, 'poolName'), type: textOf(row, 'poolType'), member };
    return { values: [], states: availabilityOf('bigip_gtm_pool_member', labels, row) };
  });

/** `/mgmt/tm/cm/failover-status`: `ACTIVE`, `FORCED OFFLINE`. */
export const parseFailover = (text: string): Part =>
  partOf(text, (row) => {
    const status = textOf(row, 'status').toLowerCase().replaceAll(' ', '_');
    return { values: [], states: stateOf('bigip_failover', {}, status === '' ? undefined : status, FAILOVER) };
  });

/** `/mgmt/tm/cm/sync-status`. */
export const parseSync = (text: string): Part =>
  partOf(text, (row) => ({ values: [], states: stateOf('bigip_sync', {}, row.get('color'), SYNC) }));

/** `/mgmt/tm/sys/memory`. */
export const parseMemory = (text: string): Part =>
  partOf(text, (row) => ({
    values: [
      ...figure('bigip_memory_used_bytes', row, 'memoryUsed', { place: 'host' }),
      ...figure('bigip_memory_limit_bytes', row, 'memoryTotal', { place: 'host' }),
      ...figure('bigip_memory_used_bytes', row, 'tmmMemoryUsed', { place: 'tmm' }),
      ...figure('bigip_memory_limit_bytes', row, 'tmmMemoryTotal', { place: 'tmm' }),
    ],
    states: [],
  }));

/** `/mgmt/tm/sys/tmm-info`. */
export const parseTmm = (text: string): Part =>
  partOf(text, (row, name) => ({
    values: figure('bigip_tmm_cpu_ratio', row, 'oneMinAvgUsageRatio', { tmm: name }, 1 / PERCENT),
    states: [],
  }));

/** For the golden cases. */
export const parsers = {
  'virtual-servers': parseVirtualServers,
  pools: parsePools,
  members: parseMembers,
  nodes: parseNodes,
  'wide-ip': parseWideIp,
  'gtm-pool': parseGtmPool,
  'gtm-members': parseGtmMembers,
  failover: parseFailover,
  sync: parseSync,
  memory: parseMemory,
  tmm: parseTmm,
};

/** Parts of a collection as one. */
export function joinParts(parts: readonly Part[]): Collection & Part {
  return { values: parts.flatMap(({ values }) => values), states: parts.flatMap(({ states }) => states) };
}

function partOf(text: string, read: (row: StatRow, name: string) => Part): Collection & Part {
  return joinParts(statRows(text).map(([name, row]) => read(row, name)));
}

/** REST counts bits, on the side of the clients or of the servers. */
function trafficOf(prefix: string, side: string, labels: Labels, row: StatRow): Part {
  const [received, sent] = [
    { ...labels, direction: 'received' },
    { ...labels, direction: 'sent' },
  ];
  return {
    values: [
      ...figure(`${prefix}_connections`, row, `${side}.curConns`, labels),
      ...figure(`${prefix}_connections_total`, row, `${side}.totConns`, labels),
      ...figure(`${prefix}_requests_total`, row, 'totRequests', labels),
      ...figure(`${prefix}_data_bytes_total`, row, `${side}.bitsIn`, received, 1 / BITS),
      ...figure(`${prefix}_data_bytes_total`, row, `${side}.bitsOut`, sent, 1 / BITS),
      ...figure(`${prefix}_packets_total`, row, `${side}.pktsIn`, received),
      ...figure(`${prefix}_packets_total`, row, `${side}.pktsOut`, sent),
    ],
    states: statesOf(prefix, labels, row),
  };
}

const statesOf = (prefix: string, labels: Labels, row: StatRow): CollectedState[] => [
  ...availabilityOf(prefix, labels, row),
  ...stateOf(`${prefix}_enabled`, labels, row.get('status.enabledState'), ENABLED),
];

const availabilityOf = (prefix: string, labels: Labels, row: StatRow): CollectedState[] =>
  stateOf(`${prefix}_availability`, labels, row.get('status.availabilityState'), AVAILABILITY);

/** A state that is not among the known ones is `unknown` where there is such a state, else it is left out. */
function stateOf(metric: string, labels: Labels, text: unknown, known: readonly string[]): CollectedState[] {
  if (typeof text !== 'string') return [];
  const state = known.includes(text) ? text : known.find((one) => one === 'unknown');
  return state === undefined ? [] : [{ metric, labels, state }];
}

function figure(metric: string, row: StatRow, name: string, labels: Labels, factor = 1): CollectedValue[] {
  const value = row.get(name);
  return typeof value === 'number' ? [{ metric, labels, value: value * factor }] : [];
}

function textOf(row: StatRow, name: string): string {
  const text = row.get(name);
  return typeof text === 'string' ? text : '';
}
